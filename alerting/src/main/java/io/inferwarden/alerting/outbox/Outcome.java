package io.inferwarden.alerting.outbox;

import java.util.Locale;

/**
 * What became of a notification. Conservation: every notification ends as exactly one of {@link
 * #DELIVERED}, {@link #SILENCED}, {@link #FOLDED} and {@link #DEAD_LETTERED}.
 */
public enum Outcome {
  /** It is not over: it waits, or is being tried. */
  PENDING,
  /** The receiver took it. */
  DELIVERED,
  /** Somebody asked for silence, or another incident explains it; the sink was not asked. */
  SILENCED,
  /** It became part of a digest, or a newer revision of the same incident says what it said. */
  FOLDED,
  /** The receiver did not take it, and a dead letter says why. */
  DEAD_LETTERED;

  /** The word used in JSON and in metrics, such as {@code dead_lettered}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will happen. */
  public boolean isFinal() {
    return this != PENDING;
  }

  /** The outcome with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static Outcome ofCode(String code) {
    for (Outcome outcome : values()) {
      if (outcome.code().equals(code)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("outcome must be a known one, was " + code);
  }
}
