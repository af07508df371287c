package io.inferwarden.detectors.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

class PolyaUrnTest {
  @Test
  void probabilitiesOfAllCountsSumToOne() {
    double[] centre = {.2, .5, .3};
    int events = 6;
    double sum = 0;
    for (int a = 0; a <= events; a++) {
      for (int b = 0; a + b <= events; b++) {
        int c = events - a - b;
        double sequences =
            CombinatoricsUtils.factorialDouble(events)
                / CombinatoricsUtils.factorialDouble(a)
                / CombinatoricsUtils.factorialDouble(b)
                / CombinatoricsUtils.factorialDouble(c);
        sum += sequences * Math.exp(PolyaUrn.logProbability(7, centre, new int[] {a, b, c}));
      }
    }

    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void isTheProductOfItsPredictions() {
    double[] centre = {.2, .5, .3};
    double first = PolyaUrn.logProbability(7, centre, new int[] {2, 0, 1});
    double[] posterior = {(7 * .2 + 2) / 10, 7 * .5 / 10, (7 * .3 + 1) / 10};
    double rest = PolyaUrn.logProbability(10, posterior, new int[] {1, 30, 70});

    double whole = PolyaUrn.logProbability(7, centre, new int[] {3, 30, 71});

    assertThat(first + rest).isCloseTo(whole, within(1e-11));
  }

  @Test
  void noEventsHaveProbabilityOne() {
    assertThat(PolyaUrn.logProbability(3, new double[] {.5, .5}, new int[2])).isZero();
  }

  @Test
  void risingFactorialsAgreeWithLogGammaOnBothSidesOfEverySwitch() {
    for (double start : new double[] {1e-6, .3, 12, 5500}) {
      for (int count : new int[] {0, 1, 16, 17, 63, 64, 65, 1000}) {
        double expected = Gamma.logGamma(start + count) - Gamma.logGamma(start);

        assertThat(PolyaUrn.logRisingFactorial(start, count))
            .isCloseTo(expected, within(1e-10 + Math.abs(expected) * 1e-12));
      }
    }
  }
}
