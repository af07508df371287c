package io.inferwarden.bench.simulation.rival;

import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The rule that Evidently picks for a column when nothing is configured ({@code
 * registry._get_default_stattest}), written anew. Reference of more than 1000 rows: a number of
 * more than 5 distinct values alarms at a Wasserstein distance of 0.1 reference standard
 * deviations, all else at a Jensen-Shannon distance of 0.1 (natural logarithm). Smaller reference:
 * the Kolmogorov-Smirnov test for such numbers, a chi-squared test that takes the reference for the
 * truth for more than 2 values, a test of two proportions for 2, at 5 %.
 */
final class EvidentlyDefault {
  private static final int LARGE_REFERENCE = 1000;
  private static final int FEW_VALUES = 5;
  private static final double THRESHOLD = .1;
  private static final double LEAST_DEVIATION = .001;
  private static final double LEVEL = .05;

  private EvidentlyDefault() {}

  static NumberRule ofNumbers(double[] reference) {
    if (Arrays.stream(reference).distinct().limit(FEW_VALUES + 1L).count() <= FEW_VALUES) {
      WordRule rule = ofWords(words(reference));
      return values -> rule.alarms(words(values));
    }
    if (reference.length <= LARGE_REFERENCE) {
      return KolmogorovSmirnovRule.of(reference);
    }
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    double deviation = Math.max(LEAST_DEVIATION, deviation(reference));
    return values -> {
      double[] pane = values.clone();
      Arrays.sort(pane);
      return wasserstein(pane, sorted) / deviation >= THRESHOLD;
    };
  }

  static WordRule ofWords(String[] reference) {
    Frequencies usual = new Frequencies(reference);
    if (usual.total() > LARGE_REFERENCE) {
      return values -> jensenShannon(new Frequencies(values), usual) >= THRESHOLD;
    }
    return values -> {
      Frequencies seen = new Frequencies(values);
      return (usual.distinct() > 2 ? chiSquaredP(seen, usual) : proportionsP(seen, usual)) < LEVEL;
    };
  }

  private static String[] words(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).toArray(String[]::new);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  /** The area between the distribution functions of two sorted samples. */
  static double wasserstein(double[] a, double[] b) {
    double area = 0;
    int i = 0;
    int j = 0;
    double last = Math.min(a[0], b[0]);
    while (i < a.length || j < b.length) {
      boolean takesA = j == b.length || (i < a.length && a[i] <= b[j]);
      double value = takesA ? a[i] : b[j];
      area += Math.abs((double) i / a.length - (double) j / b.length) * (value - last);
      last = value;
      i += takesA ? 1 : 0;
      j += takesA ? 0 : 1;
    }
    return area;
  }

  /** The square root of the Jensen-Shannon divergence in nats. */
  static double jensenShannon(Frequencies a, Frequencies b) {
    double sum = 0;
    for (String word : b.words()) {
      sum += towardsMiddle(b.share(word), a.share(word));
    }
    for (String word : a.words()) {
      sum += towardsMiddle(a.share(word), b.share(word));
    }
    return Math.sqrt(Math.max(0, sum) / 2);
  }

  private static double towardsMiddle(double own, double other) {
    return own * Math.log(2 * own / (own + other));
  }

  /** A value that the reference lacks has expectation 0, so p is 0. */
  private static double chiSquaredP(Frequencies seen, Frequencies usual) {
    for (String word : seen.words()) {
      if (usual.count(word) == 0) {
        return 0;
      }
    }
    double statistic = 0;
    for (String word : usual.words()) {
      double expected = usual.share(word) * seen.total();
      statistic += (seen.count(word) - expected) * (seen.count(word) - expected) / expected;
    }
    return 1 - new ChiSquaredDistribution(usual.distinct() - 1.0).cumulativeProbability(statistic);
  }

  private static double proportionsP(Frequencies seen, Frequencies usual) {
    String word = usual.words().iterator().next();
    double pooled =
        (double) (seen.count(word) + usual.count(word)) / (seen.total() + usual.total());
    double variance = pooled * (1 - pooled) * (1.0 / seen.total() + 1.0 / usual.total());
    if (variance == 0) {
      return 1;
    }
    double z = Math.abs(seen.share(word) - usual.share(word)) / Math.sqrt(variance);
    return 2 * new NormalDistribution().cumulativeProbability(-z);
  }
}
