package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KappaFitTest {
  private static final int SIGNALS = 40;
  private static final int PANES = 24;
  private static final int BINS = 9;

  /** Panes that differ little and much, with centres that differ, location and memory. */
  @ParameterizedTest
  @CsvSource({
    "2, 0, Infinity",
    "30, 0, Infinity",
    "300, 0, 60",
    "5000, 0, 600",
    "30, .1, 60",
    "300, .4, 200"
  })
  void findsTheBestOfAllCandidates(double kappa, double locationSpread, double memory) {
    for (int seed = 0; seed < SIGNALS; seed++) {
      List<KappaFit.HeldOutPane> panes = panes(seed, kappa, memory);
      PaneLaw law = new PaneLaw(locationSpread, Tilts.of(panes.get(0).centre()));

      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < 40; i++) {
        best = Math.max(best, logLikelihood(panes, law, Math.pow(10, 4 * i / 39.0)));
      }

      assertThat(new KappaFit(panes, law).best()).isEqualTo(best);
    }
  }

  private static double logLikelihood(
      List<KappaFit.HeldOutPane> panes, PaneLaw law, double candidate) {
    double sum = 0;
    for (KappaFit.HeldOutPane pane : panes) {
      sum += law.logProbability(pane.strength(candidate), pane.centre(), pane.counts());
    }
    return sum;
  }

  private static List<KappaFit.HeldOutPane> panes(int seed, double kappa, double memory) {
    RandomGenerator gammas = new Well19937c(seed);
    SplittableRandom random = new SplittableRandom(seed);
    double[] usual = dirichlet(gammas, uniform(), BINS);
    List<KappaFit.HeldOutPane> panes = new ArrayList<>();
    for (int w = 0; w < PANES; w++) {
      double[] centre = dirichlet(gammas, usual, 500);
      double[] pane = dirichlet(gammas, centre, kappa);
      int[] counts = new int[BINS];
      int events = 5 + random.nextInt(400);
      for (int e = 0; e < events; e++) {
        counts[drawn(random, pane)]++;
      }
      panes.add(new KappaFit.HeldOutPane(counts, centre, 200 + random.nextInt(3000), memory));
    }
    return panes;
  }

  private static double[] uniform() {
    double[] uniform = new double[BINS];
    Arrays.fill(uniform, 1.0 / BINS);
    return uniform;
  }

  private static double[] dirichlet(RandomGenerator gammas, double[] centre, double strength) {
    double[] p = new double[centre.length];
    for (int k = 0; k < p.length; k++) {
      p[k] = 1e-6 + new GammaDistribution(gammas, strength * centre[k], 1).sample();
    }
    Vectors.normalise(p);
    return p;
  }

  private static int drawn(SplittableRandom random, double[] p) {
    double left = random.nextDouble();
    int k = 0;
    while (k < p.length - 1 && left >= p[k]) {
      left -= p[k];
      k++;
    }
    return k;
  }
}
