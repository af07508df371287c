package io.inferwarden.alerting;

import java.util.Locale;

/** Whether an incident still goes on, as far as anybody can tell. */
public enum IncidentState {
  /** It goes on, and nobody has said that they look after it. */
  OPEN,
  /** It goes on, and somebody looks after it. */
  ACKNOWLEDGED,
  /**
   * Nothing more was found, but nothing could have been: what it is about cannot be judged now. Not
   * the same as over.
   */
  BLIND,
  /** Nothing more was found for the quiet period, although it would have been seen. */
  RESOLVED;

  /** The word used in JSON, such as {@code open}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static IncidentState ofCode(String code) {
    return Checks.ofCode("state", IncidentState.class, IncidentState::code, code);
  }
}
