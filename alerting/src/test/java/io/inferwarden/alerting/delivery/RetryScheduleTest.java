package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Test
  void waitsAreSpreadUpToABoundThatDoubles() {
    RetrySchedule schedule = new RetrySchedule(FIRST, LONGEST, new SplittableRandom(1));

    for (int failed = 1; failed <= 12; failed++) {
      long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << (failed - 1));
      long least = Long.MAX_VALUE;
      long most = 0;
      for (int i = 0; i < 2000; i++) {
        long wait = schedule.waitMillis(failed);
        least = Math.min(least, wait);
        most = Math.max(most, wait);
      }

      assertThat(most).isBetween(bound * 99 / 100, bound);
      assertThat(least).isLessThan(bound / 50);
    }
  }

  @Test
  void noNumberOfFailuresPassesTheLongestWait() {
    RetrySchedule schedule = new RetrySchedule(FIRST, LONGEST, new SplittableRandom(1));

    assertThat(schedule.waitMillis(Integer.MAX_VALUE)).isBetween(0L, LONGEST.toMillis());
  }

  @Test
  void refusesWaitsThatMakeNoSense() {
    SplittableRandom random = new SplittableRandom(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySchedule(Duration.ZERO, LONGEST, random));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySchedule(LONGEST, FIRST, random));
  }
}
