package io.inferwarden.bench.simulation.rival;

import java.util.Arrays;

/**
 * Two-sample Kolmogorov-Smirnov test of a pane of n values against a reference of m, at 5 %:
 * rejects where {@code (sqrt(N) + 0.12 + 0.11 / sqrt(N)) D > 1.3581}, {@code N = n m / (n + m)},
 * Stephens' form of the limit law (doi:10.1111/j.2517-6161.1970.tb00821.x). Ties make it reject
 * less often.
 */
final class KolmogorovSmirnovRule {
  private static final double CRITICAL = 1.3581;

  private KolmogorovSmirnovRule() {}

  static NumberRule of(double[] reference) {
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    return values -> {
      double[] pane = values.clone();
      Arrays.sort(pane);
      double root = Math.sqrt((double) pane.length * sorted.length / (pane.length + sorted.length));
      return (root + .12 + .11 / root) * distance(pane, sorted) > CRITICAL;
    };
  }

  /** The largest difference between the distribution functions of two sorted samples. */
  static double distance(double[] pane, double[] reference) {
    double largest = 0;
    int next = 0;
    while (next < pane.length) {
      double value = pane[next];
      double before = (double) below(reference, value, false) / reference.length;
      largest = Math.max(largest, Math.abs((double) next / pane.length - before));
      while (next < pane.length && pane[next] == value) {
        next++;
      }
      double after = (double) below(reference, value, true) / reference.length;
      largest = Math.max(largest, Math.abs((double) next / pane.length - after));
    }
    return largest;
  }

  /** How many of the sorted values are below {@code value}, or equal to it where that counts. */
  private static int below(double[] sorted, double value, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean isBelow = orEqual ? sorted[middle] <= value : sorted[middle] < value;
      low = isBelow ? middle + 1 : low;
      high = isBelow ? high : middle;
    }
    return low;
  }
}
