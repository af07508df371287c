package io.inferwarden.detectors.principal;

import java.util.Arrays;

/**
 * Log probability of the events of principals, one order of them, under a Dirichlet-multinomial:
 * {@code ln G(A) - ln G(A + n) + sum_k [ln G(a_k + c_k) - ln G(a_k)]} with {@code A = sum a_k}.
 * Counts are small whole numbers, so each difference of log gammas is a sum of logs, {@code ln a +
 * ln(a + 1) + ... + ln(a + c - 1)}: exact where the difference of two log gammas would cancel.
 */
final class DirichletMultinomial {
  private DirichletMultinomial() {}

  /**
   * @param alpha prior weight of each bin, each &gt; 0
   * @param counts of each bin
   */
  static double logMarginal(double[] alpha, int[] counts) {
    double sum = 0;
    int events = 0;
    for (int k = 0; k < counts.length; k++) {
      sum += logRising(alpha[k], counts[k]);
      events += counts[k];
    }
    return sum - logRising(Arrays.stream(alpha).sum(), events);
  }

  private static double logRising(double from, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += Math.log(from + i);
    }
    return sum;
  }

  /**
   * The counts of many principals, arranged so that the sum of their log marginals costs one log
   * for each bin and count that occurs, whatever the number of principals.
   */
  static final class Pooled {
    private final int[][] principalsAbove;
    private final int[] principalsAboveInTotal;

    /**
     * @param counts of each principal and bin
     * @param chosen which principals take part
     */
    Pooled(int[][] counts, boolean[] chosen) {
      int bins = counts[0].length;
      int most = 0;
      for (int[] own : counts) {
        most = Math.max(most, Arrays.stream(own).sum());
      }
      this.principalsAbove = new int[bins][most];
      this.principalsAboveInTotal = new int[most];
      for (int i = 0; i < counts.length; i++) {
        if (chosen[i]) {
          add(counts[i]);
        }
      }
    }

    private void add(int[] counts) {
      int events = 0;
      for (int k = 0; k < counts.length; k++) {
        for (int c = 0; c < counts[k]; c++) {
          principalsAbove[k][c]++;
        }
        events += counts[k];
      }
      for (int c = 0; c < events; c++) {
        principalsAboveInTotal[c]++;
      }
    }

    /** The sum over the principals of the log marginal with prior weights {@code kappa p}. */
    double logMarginal(double kappa, double[] p) {
      double sum = 0;
      for (int k = 0; k < p.length; k++) {
        sum += weightedLogs(principalsAbove[k], kappa * p[k]);
      }
      return sum - weightedLogs(principalsAboveInTotal, kappa);
    }

    private static double weightedLogs(int[] weights, double from) {
      double sum = 0;
      for (int i = 0; i < weights.length && weights[i] > 0; i++) {
        sum += weights[i] * Math.log(from + i);
      }
      return sum;
    }
  }
}
