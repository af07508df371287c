package io.inferwarden.ingest.door;

import java.util.Set;

/**
 * Who sends events: the holder of an API key or of a certificate, or whoever is on this machine.
 *
 * @param name of the key, for metrics and the audit; never the key
 * @param tenant whose names these are: the same name of two tenants gives two pseudonyms
 * @param models names of the models it may speak of, where {@code *} stands for any characters;
 *     empty for all
 */
public record Client(String name, String tenant, Set<String> models) {
  public Client {
    requirePrintable("name", name);
    requirePrintable("tenant", tenant);
    models = Set.copyOf(models);
  }

  /** Whoever is on this machine, where no key is asked for. */
  public static Client local() {
    return new Client("local", "default", Set.of());
  }

  /** Whether it may send events of this model. */
  public boolean maySpeakOf(String model) {
    return models.isEmpty() || ModelPattern.anyMatches(models, model);
  }

  static void requirePrintable(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new IllegalArgumentException(what + " must have no control characters");
      }
    }
  }
}
