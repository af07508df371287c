package io.inferwarden.app.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is done to names and texts before anything is written.
 *
 * @param epochs the keys that pseudonyms are made with, in order of time; empty for one key that is
 *     made at the first start and kept in the state folder
 * @param fingerprintKey for fingerprints and measures of texts, which must outlive epochs; empty
 *     for one derived from the first epoch's
 * @param canaries a file of strings, one a line, that stand in prompts or data as bait
 * @param keepText whose text is kept all the same
 */
public record PrivacyConfig(
    List<Epoch> epochs,
    Optional<SecretSource> fingerprintKey,
    Optional<SecretSource> canaries,
    Optional<KeepText> keepText) {

  private static final PrivacyConfig DEFAULTS =
      new PrivacyConfig(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public PrivacyConfig {
    epochs = List.copyOf(epochs);
  }

  /** No text is kept, and the key is this deployment's own. */
  public static PrivacyConfig defaults() {
    return DEFAULTS;
  }

  /**
   * A key and the time from which it holds.
   *
   * @param id names it in answers to analysts
   * @param from when it begins
   * @param overlap for how long after that pseudonyms are still those of the epoch before
   * @param secret at least 16 bytes
   */
  public record Epoch(String id, Instant from, Duration overlap, SecretSource secret) {
    static final Rule<String> ID =
        Rule.matching("[A-Za-z0-9._-]{1,40}", "up to 40 letters, digits, '.', '_' and '-'");

    static final Rule<Duration> OVERLAP =
        value ->
            Rule.unless(
                !value.isNegative() && value.compareTo(Duration.ofDays(3650)) <= 0,
                "must be from 0s to 3650d, was " + DurationText.format(value));

    public Epoch {
      ID.require("privacy.epochs.id", id);
    }
  }

  /**
   * Texts that are kept in a topic of their own.
   *
   * @param models names of models, {@code *} standing for any characters; at least one
   * @param retention for how long
   */
  public record KeepText(List<String> models, Duration retention) {
    public KeepText {
      models = List.copyOf(models);
      if (models.isEmpty()) {
        throw new IllegalArgumentException("privacy.keepText.models must name a model");
      }
      Rule.positiveDuration().require("privacy.keepText.retention", retention);
    }
  }
}
