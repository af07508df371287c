package io.inferwarden.ingest.door;

import io.inferwarden.ingest.Canaries;
import java.util.Set;

/**
 * How names are hidden and which texts are kept.
 *
 * @param keys under which names are hidden
 * @param contentSecret under which texts, fingerprints and ids are hashed. It has no epochs: what
 *     is asked again and again over months has to stay recognisable, and no hash of it is joined to
 *     a person but by the event that carries both
 * @param canaries texts that no answer may hold; never printed
 * @param modelsWithText names of the models whose texts are kept, where {@code *} stands for any
 *     characters; empty for none
 */
public record DoorSettings(
    KeyRing keys, Secret contentSecret, Canaries canaries, Set<String> modelsWithText) {
  private static final String CONTENT = "inferwarden content 1";

  public DoorSettings {
    modelsWithText = Set.copyOf(modelsWithText);
  }

  /**
   * No canaries, no text is kept, and the content's secret is {@link #contentSecretOf} the keys.
   */
  public static DoorSettings of(KeyRing keys) {
    return new DoorSettings(keys, contentSecretOf(keys), Canaries.none(), Set.of());
  }

  /**
   * The content's secret where none is given: derived from the first epoch's, which no later epoch
   * changes. Who takes the first epoch out of the configuration gives this secret by itself before,
   * or content is hashed anew.
   */
  public static Secret contentSecretOf(KeyRing keys) {
    return keys.epochs().get(0).secret().derive(CONTENT);
  }

  /** Whether the texts of this model are kept. */
  public boolean keepsTextOf(String model) {
    return ModelPattern.anyMatches(modelsWithText, model);
  }

  @Override
  public String toString() {
    return "DoorSettings[keys=" + keys + ", modelsWithText=" + modelsWithText + "]";
  }
}
