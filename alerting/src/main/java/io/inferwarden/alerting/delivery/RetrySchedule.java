package io.inferwarden.alerting.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: exponential back-off with full jitter. After failed attempt
 * {@code k} the wait is uniform in {@code [0, min(longest, first * 2^(k-1))]}, so that many senders
 * do not come back at once.
 */
final class RetrySchedule {
  private final long firstMillis;
  private final long longestMillis;
  private final RandomGenerator random;

  /**
   * @param first the longest wait after the first failed attempt, at least 1 ms
   * @param longest the longest wait after any
   * @param random the source of the jitter; used by one thread only
   */
  RetrySchedule(Duration first, Duration longest, RandomGenerator random) {
    if (first.toMillis() < 1) {
      throw new IllegalArgumentException("first must be >= 1 ms, was " + first);
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("longest must be >= first, was " + longest);
    }
    this.firstMillis = first.toMillis();
    this.longestMillis = longest.toMillis();
    this.random = random;
  }

  /** How long to wait after the given number of failed attempts, at least 1; milliseconds. */
  long waitMillis(int failedAttempts) {
    long mostMillis = firstMillis;
    for (int i = 1; i < failedAttempts && mostMillis < longestMillis; i++) {
      mostMillis = mostMillis > longestMillis / 2 ? longestMillis : mostMillis * 2;
    }
    return random.nextLong(mostMillis + 1);
  }
}
