package io.inferwarden.alerting.route;

import java.util.Locale;

/**
 * Why nobody is told of an incident for now.
 *
 * @param cause what kind of reason
 * @param by the id of the silence or of the incident that explains it, or the name of the window
 * @param because the reason in plain words, for the ledger
 * @param untilMillis when it ends, milliseconds since the epoch; {@link #OPEN_ENDED} when nobody
 *     knows
 */
public record Hold(Cause cause, String by, String because, long untilMillis) {
  /** In place of a time. */
  public static final long OPEN_ENDED = -1;

  /** What kind of reason there is. */
  public enum Cause {
    SILENCED,
    MAINTENANCE,
    INHIBITED;

    /** The word used in JSON and in metrics, such as {@code silenced}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
