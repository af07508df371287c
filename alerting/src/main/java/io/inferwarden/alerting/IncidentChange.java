package io.inferwarden.alerting;

import java.util.Locale;

/** What a revision of an incident tells that the one before did not. */
public enum IncidentChange {
  /** It is new. */
  OPENED,
  /** More was found. */
  UPDATED,
  /** It became graver, or what was a ticket became an alarm. */
  ESCALATED,
  /** Somebody looks after it. */
  ACKNOWLEDGED,
  /** Somebody said whether it was right. */
  JUDGED,
  /** What it is about cannot be judged any more, so nobody can tell whether it is over. */
  BLINDED,
  /** Nothing was found for the quiet period. */
  RESOLVED,
  /** It was resolved, and more was found soon after. */
  REOPENED;

  /** The word used in JSON, such as {@code escalated}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The change with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static IncidentChange ofCode(String code) {
    return Checks.ofCode("change", IncidentChange.class, IncidentChange::code, code);
  }
}
