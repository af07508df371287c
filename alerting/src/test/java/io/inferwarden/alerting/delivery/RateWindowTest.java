package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  @Test
  void noStretchOfThePeriodEverHoldsMoreThanTheRate() {
    RateWindow window = new RateWindow(new DeliverySettings.Rate(10, Duration.ofMinutes(1)));
    SplittableRandom random = new SplittableRandom(5);
    List<Long> used = new ArrayList<>();
    for (long now = 0; now < 3_600_000; now += 1 + random.nextInt(4_000)) {
      if (window.freeAt(now) <= now) {
        window.use(now);
        used.add(now);
      }
    }

    assertThat(used).hasSizeBetween(500, 600);
    for (int i = 10; i < used.size(); i++) {
      assertThat(used.get(i) - used.get(i - 10)).isGreaterThanOrEqualTo(60_000);
    }
  }

  @Test
  void saysWhenTheNextMessageMayGo() {
    RateWindow window = new RateWindow(new DeliverySettings.Rate(2, Duration.ofSeconds(10)));
    window.use(1_000);

    assertThat(window.freeAt(1_000)).isEqualTo(1_000);

    window.use(4_000);

    assertThat(window.freeAt(5_000)).isEqualTo(11_000);
    assertThat(window.freeAt(20_000)).isEqualTo(20_000);
  }

  @Test
  void withoutARateNothingWaits() {
    RateWindow window = new RateWindow(null);
    for (int i = 0; i < 1000; i++) {
      window.use(0);
    }

    assertThat(window.freeAt(0)).isZero();
  }
}
