package io.inferwarden.bench.simulation.rival;

import java.util.Arrays;

/**
 * Alarms where the population stability index of a pane, {@code sum (q_k - p_k) ln(q_k / p_k)}, is
 * above 0.2. Numbers are cut at the reference's deciles; a share of 0 is taken for 0.0001. Without
 * any change the index of n events is about {@code (1/n + 1/m) chi^2} of bins - 1 degrees: on small
 * panes the rule fires always, on large ones never (Potgieter et al., arXiv:2307.11878).
 */
final class StabilityIndexRule {
  private static final double THRESHOLD = .2;
  private static final double LEAST_SHARE = 1e-4;
  private static final int BINS = 10;

  private StabilityIndexRule() {}

  static NumberRule ofNumbers(double[] reference) {
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    double[] edges = new double[BINS - 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = sorted[(int) ((long) sorted.length * (i + 1) / BINS)];
    }
    double[] distinct = Arrays.stream(edges).distinct().toArray();
    double[] usual = shares(distinct, reference);
    return values -> {
      double[] seen = shares(distinct, values);
      double index = 0;
      for (int k = 0; k < seen.length; k++) {
        index += term(usual[k], seen[k]);
      }
      return index > THRESHOLD;
    };
  }

  static WordRule ofWords(String[] reference) {
    Frequencies usual = new Frequencies(reference);
    return values -> {
      Frequencies seen = new Frequencies(values);
      double index = 0;
      for (String word : usual.words()) {
        index += term(usual.share(word), seen.share(word));
      }
      for (String word : seen.words()) {
        index += usual.count(word) == 0 ? term(0, seen.share(word)) : 0;
      }
      return index > THRESHOLD;
    };
  }

  private static double term(double usual, double seen) {
    double p = Math.max(usual, LEAST_SHARE);
    double q = Math.max(seen, LEAST_SHARE);
    return (q - p) * Math.log(q / p);
  }

  private static double[] shares(double[] edges, double[] values) {
    double[] shares = new double[edges.length + 1];
    for (double value : values) {
      int at = Arrays.binarySearch(edges, value);
      shares[at < 0 ? -at - 1 : at + 1] += 1.0 / values.length;
    }
    return shares;
  }
}
