package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one sink is told.
 *
 * @param concurrency how many notifications, each of another incident, may be under way at once, at
 *     least 1; a sink may allow fewer
 * @param rate how much its receiver is told at most; null for as much as there is
 * @param digest what becomes of a storm; null where everything is told one by one. Needs a rate
 * @param isToldEveryRevision whether it wants the updates that newer news of the same incident has
 *     overtaken; they are folded otherwise
 * @param retrySpan how long a notification is tried, counted from its creation, before it becomes a
 *     dead letter, more than zero
 * @param firstWait the longest wait after the first failed attempt, at least 1 ms
 * @param longestWait the longest wait after any failed attempt, at least {@code firstWait}
 * @param breaker when a receiver that takes nothing is left alone
 * @param capacity how many notifications are held in memory before reading stops, at least 1. One
 *     fetch of the outbox may come on top
 * @param attemptTimeout after which an attempt that the sink itself does not end is interrupted
 * @param troubleAfter how long a receiver may be left alone before somebody is told
 */
public record DeliverySettings(
    int concurrency,
    @Nullable Rate rate,
    @Nullable Digest digest,
    boolean isToldEveryRevision,
    Duration retrySpan,
    Duration firstWait,
    Duration longestWait,
    Breaker breaker,
    int capacity,
    Duration attemptTimeout,
    Duration troubleAfter) {

  /**
   * At most so many messages in any stretch of time of the given length.
   *
   * @param messages 1 to {@value #MOST_MESSAGES}
   * @param per more than zero
   */
  public record Rate(int messages, Duration per) {
    static final int MOST_MESSAGES = 100_000;

    public Rate {
      if (messages < 1 || messages > MOST_MESSAGES) {
        throw new IllegalArgumentException(
            "messages must be in 1.." + MOST_MESSAGES + ", was " + messages);
      }
      requirePositive("per", per);
    }
  }

  /**
   * Once more waits than the rate allows within {@code patience}, what is not grave is told as one
   * digest.
   *
   * @param patience at least zero
   * @param aloneFrom what pages and is at least as grave is told by itself
   * @param mostAlone but no more of it than this in one storm, the gravest first, at least 0
   */
  public record Digest(Duration patience, Severity aloneFrom, int mostAlone) {
    /** 30 seconds, critical pages by themselves, 10 of them. */
    public static final Digest DEFAULT = new Digest(Duration.ofSeconds(30), Severity.CRITICAL, 10);

    public Digest {
      if (patience.isNegative()) {
        throw new IllegalArgumentException("patience must be >= 0, was " + patience);
      }
      if (mostAlone < 0) {
        throw new IllegalArgumentException("mostAlone must be >= 0, was " + mostAlone);
      }
    }
  }

  /**
   * When a receiver is left alone. A pause ends with a single notification; where that fails too,
   * the next pause is twice as long.
   *
   * @param failures how many attempts must fail in a row, at least 1
   * @param firstPause at least 1 ms
   * @param longestPause at least {@code firstPause}
   */
  public record Breaker(int failures, Duration firstPause, Duration longestPause) {
    /** Five failures; 5 seconds to 2 minutes. */
    public static final Breaker DEFAULT =
        new Breaker(5, Duration.ofSeconds(5), Duration.ofMinutes(2));

    public Breaker {
      if (failures < 1) {
        throw new IllegalArgumentException("failures must be >= 1, was " + failures);
      }
      requireMillis("firstPause", firstPause);
      requireOrder("longestPause", longestPause, "firstPause", firstPause);
    }
  }

  public DeliverySettings {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be >= 1, was " + concurrency);
    }
    if (digest != null && rate == null) {
      throw new IllegalArgumentException("a digest needs a rate: it is told when that is passed");
    }
    requirePositive("retrySpan", retrySpan);
    requireMillis("firstWait", firstWait);
    requireOrder("longestWait", longestWait, "firstWait", firstWait);
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
    }
    requirePositive("attemptTimeout", attemptTimeout);
    requirePositive("troubleAfter", troubleAfter);
  }

  /** For what must have everything, one revision after the other: files, feeds, a SIEM. */
  public static DeliverySettings everything() {
    return new DeliverySettings(
        4,
        null,
        null,
        true,
        Duration.ofDays(1),
        Duration.ofMillis(500),
        Duration.ofMinutes(5),
        Breaker.DEFAULT,
        2000,
        Duration.ofMinutes(2),
        Duration.ofMinutes(10));
  }

  /** For what needs the latest of each incident, as fast as it goes: a pager, Alertmanager. */
  public static DeliverySettings latest() {
    return everything().withEveryRevision(false);
  }

  /** For what people read: a channel, a mailbox. A storm becomes a digest. */
  public static DeliverySettings readByPeople(int messages, Duration per) {
    return latest().withRate(new Rate(messages, per)).withDigest(Digest.DEFAULT);
  }

  public DeliverySettings withConcurrency(int other) {
    return new DeliverySettings(
        other,
        rate,
        digest,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withRate(@Nullable Rate other) {
    return new DeliverySettings(
        concurrency,
        other,
        digest,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withDigest(@Nullable Digest other) {
    return new DeliverySettings(
        concurrency,
        rate,
        other,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withEveryRevision(boolean other) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        other,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withRetrySpan(Duration other) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        isToldEveryRevision,
        other,
        firstWait,
        longestWait,
        breaker,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withWaits(Duration first, Duration longest) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        isToldEveryRevision,
        retrySpan,
        first,
        longest,
        breaker,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withBreaker(Breaker other) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        other,
        capacity,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withCapacity(int other) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        other,
        attemptTimeout,
        troubleAfter);
  }

  public DeliverySettings withAttemptTimeout(Duration other) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        capacity,
        other,
        troubleAfter);
  }

  public DeliverySettings withTroubleAfter(Duration other) {
    return new DeliverySettings(
        concurrency,
        rate,
        digest,
        isToldEveryRevision,
        retrySpan,
        firstWait,
        longestWait,
        breaker,
        capacity,
        attemptTimeout,
        other);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be > 0, was " + duration);
    }
  }

  private static void requireMillis(String name, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be >= 1 ms, was " + duration);
    }
  }

  private static void requireOrder(
      String longerName, Duration longer, String shorterName, Duration shorter) {
    if (longer.compareTo(shorter) < 0) {
      throw new IllegalArgumentException(
          longerName + " must be >= " + shorterName + " (" + shorter + "), was " + longer);
    }
  }
}
