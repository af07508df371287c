package io.inferwarden.bench.simulation;

/**
 * How a stream with a shift is watched.
 *
 * @param paneMillis length of a pane in milliseconds
 * @param volume sizes of the panes
 * @param learned panes learned
 * @param quiet panes watched before the shift
 * @param shifted panes watched from the shift on
 * @param spend expected false alarms granted to each pane of the stream
 */
record ShiftPlan(
    long paneMillis, Volume volume, int learned, int quiet, int shifted, double spend) {
  private static final int HOURS_A_WEEK = 168;
  private static final int MODELS = 27;
  private static final int SIGNALS = 13;
  private static final int MINUTES_A_MONTH = 43_200;

  /**
   * As {@code reference/null_check.py}: hourly panes of 25 events, 60 learned, 24 quiet, 60
   * shifted; one signal in 13 of one model in 27 that share a false alarm a week.
   */
  static ShiftPlan hourly() {
    return new ShiftPlan(
        NullRun.HOUR_MILLIS,
        Volume.daily(),
        60,
        24,
        60,
        1.0 / ((double) HOURS_A_WEEK * MODELS * SIGNALS));
  }

  /**
   * 100 events a minute in panes of a minute, a day of them learned, an hour quiet, two hours
   * shifted; one false alarm a month.
   */
  static ShiftPlan everyMinute() {
    return new ShiftPlan(60_000, Volume.steady(100), 1440, 60, 120, 1.0 / MINUTES_A_MONTH);
  }
}
