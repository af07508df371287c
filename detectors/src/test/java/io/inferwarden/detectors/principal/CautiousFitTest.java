package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CautiousFitTest {
  private static final double[] CENTRE = {.4, .3, .2, .1, 0};

  @Test
  void aBinThatNobodyUsedIsAsRareAsOnePrincipalInAll() {
    RobustFit fit = RobustFit.of(principals(99, 60, 50, 1));

    CautiousFit cautious = CautiousFit.of(SignalKind.PROBING, fit);

    double kept = fit.keptCount();
    assertThat(fit.p()[4]).isLessThan(2e-4);
    assertThat(cautious.p()[4])
        .isCloseTo((kept * fit.p()[4] + .2) / (kept + 1), within(1e-12))
        .isGreaterThan(.002);
    assertThat(Arrays.stream(cautious.p()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void manyPrincipalsAllowAConcentrationNearTheFittedOne() {
    double few = shareOfFitted(principals(60, 40, 50, 2));
    double many = shareOfFitted(principals(2000, 40, 50, 3));

    assertThat(few).isBetween(.2, .75);
    assertThat(many).isBetween(.8, 1.0);
  }

  @Test
  void aConcentrationThatTheLearningLeavesOpenIsNotTakenAtItsHighest() {
    RobustFit fit = RobustFit.of(principals(100, 40, 1e6, 4));

    assertThat(fit.kappa()).isGreaterThan(500);
    assertThat(fit.leastKappa()).isBetween(40.0, 500.0);
  }

  @Test
  void theLeastKappaIsFourStandardErrorsLessLikely() {
    int[][] counts = principals(200, 40, 50, 5);
    RobustFit fit = RobustFit.of(counts);
    DirichletMultinomial.Pooled pooled = new DirichletMultinomial.Pooled(counts, fit.kept());

    double fall =
        pooled.logMarginal(fit.kappa(), fit.p()) - pooled.logMarginal(fit.leastKappa(), fit.p());

    assertThat(fall).isBetween(6.5, 8.0);
  }

  @Test
  void theDistanceToOwnInputsCountsForHalf() {
    RobustFit fit = RobustFit.of(principals(100, 40, 50, 6));

    assertThat(CautiousFit.of(SignalKind.DISTANCE, fit).kappa())
        .isEqualTo(CautiousFit.of(SignalKind.MARGIN, fit).kappa() / 2);
  }

  private static double shareOfFitted(int[][] counts) {
    RobustFit fit = RobustFit.of(counts);
    return fit.leastKappa() / fit.kappa();
  }

  /** Counts of principals that draw from urns around the centre. */
  private static int[][] principals(int principals, int events, double kappa, long seed) {
    Random random = new Random(seed);
    int[][] counts = new int[principals][CENTRE.length];
    for (int[] own : counts) {
      for (int n = 0; n < events; n++) {
        own[draw(own, n, kappa, random)]++;
      }
    }
    return counts;
  }

  private static int draw(int[] own, int events, double kappa, Random random) {
    double rest = random.nextDouble() * (kappa + events);
    int bin = 0;
    while (bin < CENTRE.length - 2 && rest >= kappa * CENTRE[bin] + own[bin]) {
      rest -= kappa * CENTRE[bin] + own[bin];
      bin++;
    }
    return bin;
  }
}
