package io.inferwarden.alerting.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often an incident is tried, and how long to wait in between: exponential backoff with full
 * jitter. After failed attempt {@code k} the wait is uniform in {@code [0, min(longest, first *
 * 2^(k-1))]}, so that many senders do not come back at once. A receiver that asks for more time
 * gets it, up to {@link #LONGEST_RETRY_AFTER}.
 */
public final class RetrySchedule {
  /** How long a receiver can make this side wait. */
  public static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private final int attempts;
  private final long firstMillis;
  private final long longestMillis;
  private final RandomGenerator random;

  /**
   * @param attempts how often to try in all, at least 1
   * @param first the longest wait after the first failed attempt
   * @param longest the longest wait after any
   * @param random the source of the jitter; used by the delivering thread only
   */
  public RetrySchedule(int attempts, Duration first, Duration longest, RandomGenerator random) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be >= 1, was " + attempts);
    }
    if (first.toMillis() < 1) {
      throw new IllegalArgumentException("first must be >= 1 ms, was " + first);
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("longest must be >= first, was " + longest);
    }
    this.attempts = attempts;
    this.firstMillis = first.toMillis();
    this.longestMillis = longest.toMillis();
    this.random = random;
  }

  public int attempts() {
    return attempts;
  }

  /** How long to wait after the given number of failed attempts, at least 1. */
  Duration delayAfter(int failedAttempts, Optional<Duration> retryAfter) {
    long mostMillis = firstMillis;
    for (int i = 1; i < failedAttempts && mostMillis < longestMillis; i++) {
      mostMillis = mostMillis > longestMillis / 2 ? longestMillis : mostMillis * 2;
    }
    Duration jittered = Duration.ofMillis(random.nextLong(mostMillis + 1));
    Duration asked = retryAfter.map(RetrySchedule::bounded).orElse(Duration.ZERO);
    return asked.compareTo(jittered) > 0 ? asked : jittered;
  }

  private static Duration bounded(Duration asked) {
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }
}
