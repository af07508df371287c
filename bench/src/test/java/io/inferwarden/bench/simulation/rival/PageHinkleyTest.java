package io.inferwarden.bench.simulation.rival;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageHinkleyTest {
  /** After 100 zeros a 1 adds 1 - mean - 0.005 to the sum: 50 is passed within 70 ones. */
  private static int valuesUntilAlarm(double shifted) {
    PageHinkley pageHinkley = new PageHinkley();
    for (int i = 0; i < 100; i++) {
      pageHinkley.add(0);
    }
    for (int i = 1; i <= 1000; i++) {
      if (pageHinkley.add(shifted)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void alarmsWhereTheSumPassesLambda() {
    double mean = 0;
    double sum = 0;
    int expected = 0;
    while (sum <= 50) {
      expected++;
      mean = expected / (100.0 + expected);
      sum += 1 - mean - .005;
    }

    assertThat(valuesUntilAlarm(1)).isEqualTo(expected);
  }

  @Test
  void seesAShiftDownAsSoonAsOneUp() {
    assertThat(valuesUntilAlarm(-1)).isEqualTo(valuesUntilAlarm(1));
  }

  @Test
  void staysSilentOnAConstantStream() {
    PageHinkley pageHinkley = new PageHinkley();

    boolean alarmed = false;
    for (int i = 0; i < 100_000; i++) {
      alarmed |= pageHinkley.add(2);
    }

    assertThat(alarmed).isFalse();
  }
}
