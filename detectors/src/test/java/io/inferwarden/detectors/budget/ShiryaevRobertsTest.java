package io.inferwarden.detectors.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiryaevRobertsTest {
  @Test
  void addsTheSpendAndMultipliesWithTheRatio() {
    double evidence = ShiryaevRoberts.step(.2, .01, Math.log(3));

    assertThat(evidence).isCloseTo(.63, within(1e-12));
    assertThat(ShiryaevRoberts.isAlarm(evidence)).isFalse();
    assertThat(ShiryaevRoberts.isAlarm(1)).isTrue();
  }

  @Test
  void capsHugeRatiosAndHugeEvidence() {
    assertThat(ShiryaevRoberts.step(0, 1, 1000)).isEqualTo(Math.exp(50));
    assertThat(ShiryaevRoberts.step(1e29, 0, 40)).isEqualTo(1e30);
    assertThat(ShiryaevRoberts.step(1, 0, Double.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void refusesWhatIsNoEvidence() {
    assertThatThrownBy(() -> ShiryaevRoberts.step(Double.NaN, 0, 0))
        .hasMessage("evidence must be >= 0, was NaN");
    assertThatThrownBy(() -> ShiryaevRoberts.step(0, -1, 0))
        .hasMessage("spend must be >= 0 and finite, was -1.0");
    assertThatThrownBy(() -> ShiryaevRoberts.step(0, 0, Double.NaN))
        .hasMessage("logLikelihoodRatio must be a number, was NaN");
  }

  @Test
  void raisesNoMoreAlarmsThanTheSpend() {
    // Normal data, alternative mean 1: ln L = x - 1/2. 200 000 steps of 0.01 grant 2000 alarms.
    Random random = new Random(11);
    double evidence = 0;
    int alarms = 0;
    for (int i = 0; i < 200_000; i++) {
      evidence = ShiryaevRoberts.step(evidence, .01, random.nextGaussian() - .5);
      if (ShiryaevRoberts.isAlarm(evidence)) {
        alarms++;
        evidence = ShiryaevRoberts.RESTART;
      }
    }

    assertThat(alarms).isBetween(500, 2000);
  }
}
