package io.inferwarden.ingest;

/**
 * How long and how many the parts of an event may be, as the published JSON Schema says, and when.
 */
final class Limits {
  /** Unicode characters of an identifier: model, principal, label and their like. */
  static final int IDENTIFIER = 256;

  /** Unicode characters of a word of a small vocabulary: status, operation, finish reason. */
  static final int WORD = 64;

  /** Unicode characters of a feature's string value. */
  static final int FEATURE_WORD = 1024;

  static final int FEATURES = 2000;
  static final int SCORES = 10_000;
  static final int EMBEDDING = 16_384;

  private static final long YEAR_2000_MILLIS = 946_684_800_000L;
  private static final long FUTURE_TOLERANCE_MILLIS = 3_600_000L;

  private Limits() {}

  /** Whether a time, in milliseconds since the epoch, is before those that are believed. */
  static boolean isTooOld(long millis) {
    return millis < YEAR_2000_MILLIS;
  }

  /** Whether a time is so far behind the present that it is not believed. */
  static boolean isTooFarAhead(long millis, long nowMillis) {
    return millis > nowMillis && millis - nowMillis > FUTURE_TOLERANCE_MILLIS;
  }
}
