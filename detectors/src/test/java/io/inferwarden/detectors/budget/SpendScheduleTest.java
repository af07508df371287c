package io.inferwarden.detectors.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpendScheduleTest {
  @Test
  void neverSpendsMoreThanThereIs() {
    double spent = 0;
    for (int events = 0; SpendSchedule.lasts(events); events++) {
      spent += SpendSchedule.shareAfter(events);
    }

    assertThat(spent).isLessThan(1).isCloseTo(1 - 1 / 34.0, within(2e-4));
    assertThat(SpendSchedule.shareAfter(0)).isEqualTo(.5);
    assertThat(SpendSchedule.lasts(65_535)).isFalse();
  }
}
