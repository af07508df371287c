package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void waitsUniformlyUpToADoublingBound() {
    RetrySchedule schedule = schedule(7);
    long[] bounds = {1_000, 2_000, 4_000, 8_000, 10_000, 10_000};

    for (int failed = 1; failed <= bounds.length; failed++) {
      long most = 0;
      long sum = 0;
      for (int i = 0; i < 2_000; i++) {
        long millis = schedule.delayAfter(failed, Optional.empty()).toMillis();
        assertThat(millis).isBetween(0L, bounds[failed - 1]);
        most = Math.max(most, millis);
        sum += millis;
      }
      assertThat(most).isGreaterThan(bounds[failed - 1] * 98 / 100);
      assertThat(sum / 2_000.0).isBetween(bounds[failed - 1] * 0.46, bounds[failed - 1] * 0.54);
    }
  }

  @Test
  void isTheSameForTheSameSeed() {
    RetrySchedule one = schedule(42);
    RetrySchedule other = schedule(42);

    for (int failed = 1; failed < 50; failed++) {
      assertThat(one.delayAfter(failed, Optional.empty()))
          .isEqualTo(other.delayAfter(failed, Optional.empty()));
    }
  }

  @Test
  void survivesBoundsThatWouldOverflow() {
    RetrySchedule schedule =
        new RetrySchedule(
            Integer.MAX_VALUE, SECOND, Duration.ofMillis(Long.MAX_VALUE - 1), new Random(7));

    assertThat(schedule.delayAfter(Integer.MAX_VALUE, Optional.empty())).isPositive();
  }

  @Test
  void givesAReceiverTheTimeItAsksForWithinReason() {
    RetrySchedule schedule = schedule(7);

    assertThat(schedule.delayAfter(1, Optional.of(Duration.ofMinutes(5))))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(schedule.delayAfter(1, Optional.of(Duration.ofDays(9))))
        .isEqualTo(RetrySchedule.LONGEST_RETRY_AFTER);
  }

  @Test
  void refusesSchedulesThatMakeNoSense() {
    assertThatThrownBy(() -> new RetrySchedule(0, SECOND, SECOND, new Random(7)))
        .hasMessage("attempts must be >= 1, was 0");
    assertThatThrownBy(() -> new RetrySchedule(1, Duration.ZERO, SECOND, new Random(7)))
        .hasMessage("first must be >= 1 ms, was PT0S");
    assertThatThrownBy(() -> new RetrySchedule(1, SECOND, Duration.ofMillis(9), new Random(7)))
        .hasMessage("longest must be >= first, was PT0.009S");
  }

  private static RetrySchedule schedule(long seed) {
    return new RetrySchedule(8, SECOND, Duration.ofSeconds(10), new Random(seed));
  }
}
