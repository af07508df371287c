package io.inferwarden.ingest;

/**
 * Reads RFC 3339 timestamps from characters without allocating: {@code
 * YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)}. Digits beyond the millisecond are dropped; a leap
 * second counts as the first of the next minute.
 */
final class Rfc3339 {
  /** What {@link #epochMillis} answers to anything that is not a timestamp. */
  static final long INVALID = Long.MIN_VALUE;

  private static final int SHORTEST = "2026-01-01T00:00:00Z".length();
  private static final int AFTER_SECONDS = "2026-01-01T00:00:00".length();
  private static final int OFFSET_LENGTH = "+00:00".length();

  private Rfc3339() {}

  static long epochMillis(char[] text, int offset, int length) {
    if (length < SHORTEST || !hasSeparators(text, offset)) {
      return INVALID;
    }
    int year = digits(text, offset, 4);
    int month = digits(text, offset + 5, 2);
    int day = digits(text, offset + 8, 2);
    int hour = digits(text, offset + 11, 2);
    int minute = digits(text, offset + 14, 2);
    int second = digits(text, offset + 17, 2);
    if ((year | month | day | hour | minute | second) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysInMonth(year, month)
        || hour > 23
        || minute > 59
        || second > 60) {
      return INVALID;
    }
    int position = offset + AFTER_SECONDS;
    int end = offset + length;
    int fractionEnd = fractionEnd(text, position, end);
    int zoneMinutes = fractionEnd < 0 ? Integer.MIN_VALUE : zoneMinutes(text, fractionEnd, end);
    if (zoneMinutes == Integer.MIN_VALUE) {
      return INVALID;
    }
    long minutes = (daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - zoneMinutes;
    return (minutes * 60 + second) * 1000 + millis(text, position + 1, fractionEnd);
  }

  private static boolean hasSeparators(char[] text, int offset) {
    return text[offset + 4] == '-'
        && text[offset + 7] == '-'
        && (text[offset + 10] == 'T' || text[offset + 10] == 't')
        && text[offset + 13] == ':'
        && text[offset + 16] == ':';
  }

  /** The number that so many digits write, or -1. */
  private static int digits(char[] text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Where the zone begins, or -1 when a point is not followed by a digit. */
  private static int fractionEnd(char[] text, int position, int end) {
    if (text[position] != '.') {
      return position;
    }
    int i = position + 1;
    while (i < end && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i == position + 1 ? -1 : i;
  }

  private static int millis(char[] text, int from, int fractionEnd) {
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      int digit = from + i < fractionEnd ? text[from + i] - '0' : 0;
      millis = 10 * millis + digit;
    }
    return millis;
  }

  /** Minutes east of UTC, or {@link Integer#MIN_VALUE}. */
  private static int zoneMinutes(char[] text, int from, int end) {
    if (end - from == 1 && (text[from] == 'Z' || text[from] == 'z')) {
      return 0;
    }
    if (end - from != OFFSET_LENGTH
        || text[from + 3] != ':'
        || (text[from] != '+' && text[from] != '-')) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(text, from + 1, 2);
    int minutes = digits(text, from + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int east = hours * 60 + minutes;
    return text[from] == '-' ? -east : east;
  }

  private static int daysInMonth(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      default -> 31;
    };
  }

  /** Days of the proleptic Gregorian calendar, counted in years that begin in March. */
  private static long daysSinceEpoch(int year, int month, int day) {
    // Only year 0 before March rounds the wrong way, and such times are refused as too old.
    int marchYear = month > 2 ? year : year - 1;
    int marchMonth = (month + 9) % 12;
    long dayOfYear = (153L * marchMonth + 2) / 5 + day - 1;
    long leapDays = marchYear / 4L - marchYear / 100L + marchYear / 400L;
    return 365L * marchYear + leapDays + dayOfYear - 719_468;
  }
}
