package io.inferwarden.alerting.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Leaves a receiver alone that takes nothing: resilience4j's circuit breaker, on the time that it
 * is given. Open, it lets nothing pass; when the pause is over, one notification; what becomes of
 * that one decides.
 */
final class SinkBreaker {
  private static final float ALL_FAILED = 100;
  private static final long NEVER = -1;

  private final DeliverySettings.Breaker settings;
  private final GivenTime time = new GivenTime();
  private final CircuitBreaker breaker;
  private long openSinceMillis = NEVER;
  private long probeAtMillis;
  private boolean isProbing;

  SinkBreaker(String sink, DeliverySettings.Breaker settings) {
    this.settings = settings;
    this.breaker =
        CircuitBreaker.of(
            sink,
            CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.failures())
                .minimumNumberOfCalls(settings.failures())
                .failureRateThreshold(ALL_FAILED)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(this::pauseMillis)
                .clock(time)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .writableStackTraceEnabled(false)
                .build());
  }

  /** Whether a notification may be tried; each yes must be followed by one of the other calls. */
  boolean tryPass(long nowMillis) {
    time.millis = nowMillis;
    boolean mayPass = breaker.tryAcquirePermission();
    isProbing |= mayPass && breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    return mayPass;
  }

  /** What was let pass was not tried after all. */
  void giveBack() {
    breaker.releasePermission();
    isProbing = false;
  }

  /** The receiver answered; also where it refused what it was told. */
  void succeeded(long nowMillis) {
    time.millis = nowMillis;
    breaker.onSuccess(0, TimeUnit.MILLISECONDS);
    note(nowMillis);
  }

  void failed(long nowMillis, Throwable failure) {
    time.millis = nowMillis;
    breaker.onError(0, TimeUnit.MILLISECONDS, failure);
    note(nowMillis);
  }

  /** Whether the receiver is left alone, or is being tried after that. */
  boolean isOpen() {
    return openSinceMillis != NEVER;
  }

  /** Whether what was let pass last decides if the receiver is back. */
  boolean isProbing() {
    return isProbing;
  }

  /** Since when it is open without a break, tries between the pauses included. */
  long openSinceMillis() {
    return openSinceMillis;
  }

  /**
   * The earliest time at which something may pass; {@link Long#MAX_VALUE} while that depends on
   * what becomes of the one that was let pass.
   */
  long passAt(long nowMillis) {
    if (isProbing) {
      return Long.MAX_VALUE;
    }
    return breaker.getState() == CircuitBreaker.State.OPEN
        ? Math.max(nowMillis, probeAtMillis)
        : nowMillis;
  }

  private void note(long nowMillis) {
    isProbing &= breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    if (breaker.getState() == CircuitBreaker.State.CLOSED) {
      openSinceMillis = NEVER;
    } else if (openSinceMillis == NEVER) {
      openSinceMillis = nowMillis;
    }
  }

  /** The pause after it opened for the given time in a row, from 1. */
  private long pauseMillis(int opening) {
    long pause = settings.firstPause().toMillis();
    long longest = settings.longestPause().toMillis();
    for (int i = 1; i < opening && pause < longest; i++) {
      pause = Math.min(longest, pause * 2);
    }
    probeAtMillis = time.millis + pause;
    return pause - 1; // the breaker lets pass what comes after its pause, not at its end
  }

  private static final class GivenTime extends Clock {
    private long millis;

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("only instants are asked for");
    }
  }
}
