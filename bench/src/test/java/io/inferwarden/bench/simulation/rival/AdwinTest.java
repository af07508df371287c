package io.inferwarden.bench.simulation.rival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdwinTest {
  private final SplittableRandom random = new SplittableRandom(11);

  private int alarms(Adwin adwin, int values, double mean) {
    int alarms = 0;
    for (int i = 0; i < values; i++) {
      alarms += adwin.add(mean + random.nextGaussian()) ? 1 : 0;
    }
    return alarms;
  }

  @Test
  void keepsTheWholeWindowWhileNothingChanges() {
    Adwin adwin = new Adwin();

    int alarms = alarms(adwin, 5000, 3);

    assertThat(alarms).isZero();
    assertThat(adwin.windowLength()).isEqualTo(5000);
  }

  @Test
  void dropsWhatCameBeforeAShiftOfTheMean() {
    Adwin adwin = new Adwin();
    alarms(adwin, 2000, 0);

    int soon = alarms(adwin, 128, 1);
    alarms(adwin, 2000, 1);

    assertThat(soon).isPositive();
    assertThat(adwin.windowLength()).isBetween(1900L, 2300L);
  }

  @Test
  void doesNotSeeAConstantStream() {
    Adwin adwin = new Adwin();

    boolean alarmed = false;
    for (int i = 0; i < 1000; i++) {
      alarmed |= adwin.add(7);
    }

    assertThat(alarmed).isFalse();
  }
}
