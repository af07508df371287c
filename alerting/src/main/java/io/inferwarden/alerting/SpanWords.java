package io.inferwarden.alerting;

import java.util.Locale;

/** Lengths of time as people say them, about as exact as they need to be. */
public final class SpanWords {
  private static final double MINUTE = 60_000;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;
  private static final double YEAR = 365.25 * DAY;
  private static final double MILLION_YEARS = 1e6 * YEAR;

  private static final String[] UNITS = {"year", "month", "week", "day", "hour", "minute"};
  private static final double[] UNIT_MILLIS = {YEAR, YEAR / 12, 7 * DAY, DAY, HOUR, MINUTE};

  /** From here on a unit's number rounds to at least 1 at one decimal. */
  private static final double ROUNDS_TO_ONE = .95;

  private SpanWords() {}

  /**
   * {@code less than a minute}, {@code 25 minutes}, {@code 3.2 years}, {@code 12,000 years}, up to
   * {@code more than a million years}.
   *
   * @param millis milliseconds, at least 0
   */
  public static String of(long millis) {
    Checks.atLeast("millis", millis, 0);
    if (millis > MILLION_YEARS) {
      return "more than a million years";
    }
    for (int unit = 0; unit < UNITS.length; unit++) {
      double count = millis / UNIT_MILLIS[unit];
      if (count >= ROUNDS_TO_ONE) {
        return counted(count, UNITS[unit]);
      }
    }
    return "less than a minute";
  }

  private static String counted(double count, String unit) {
    double tenths = Math.round(count * 10) / 10.0;
    if (tenths < 10 && tenths != Math.rint(tenths)) {
      return String.format(Locale.ROOT, "%.1f %ss", tenths, unit);
    }
    long whole = twoDigits(Math.round(count));
    return whole == 1 ? "1 " + unit : String.format(Locale.ROOT, "%,d %ss", whole, unit);
  }

  /** From a hundred on, only the two leading digits: the rest would claim too much. */
  private static long twoDigits(long count) {
    long step = 1;
    while (count / step >= 100) {
      step *= 10;
    }
    return Math.round((double) count / step) * step;
  }
}
