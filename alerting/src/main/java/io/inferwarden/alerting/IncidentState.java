package io.inferwarden.alerting;

import java.util.Locale;

/** Whether an incident still goes on. */
public enum IncidentState {
  /** It goes on, as far as anyone knows. */
  OPEN,
  /** Nothing more was found for the quiet period. */
  RESOLVED;

  /** The word used in JSON, such as {@code open}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static IncidentState ofCode(String code) {
    for (IncidentState state : values()) {
      if (state.code().equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("state must be one of open, resolved, was " + code);
  }
}
