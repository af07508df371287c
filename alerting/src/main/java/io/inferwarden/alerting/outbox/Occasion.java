package io.inferwarden.alerting.outbox;

import java.util.Locale;

/** Why somebody is told. */
public enum Occasion {
  /** The incident has a new revision. */
  CHANGE,
  /** It is still open, nobody has acknowledged it, and the route asks to be reminded. */
  REMINDER,
  /** The receiver forgets what it is not told again, as Alertmanager does. */
  REFRESH,
  /** An operator asked for it again, after the receiver had been down. */
  REDELIVERY;

  /** The word used in JSON, such as {@code reminder}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The occasion with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static Occasion ofCode(String code) {
    for (Occasion occasion : values()) {
      if (occasion.code().equals(code)) {
        return occasion;
      }
    }
    throw new IllegalArgumentException("occasion must be a known one, was " + code);
  }
}
