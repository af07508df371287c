package io.inferwarden.detectors.principal;

import java.util.Arrays;

/** Empirical quantiles, interpolated linearly (type 7 of Hyndman and Fan, as NumPy's default). */
public final class Quantiles {
  private Quantiles() {}

  /**
   * One quantile.
   *
   * @param sorted ascending, at least one value
   * @param probability in [0, 1]
   */
  public static double of(double[] sorted, double probability) {
    double position = probability * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Several quantiles, in the order of their probabilities. */
  public static double[] of(double[] sorted, double[] probabilities) {
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = of(sorted, probabilities[i]);
    }
    return quantiles;
  }

  /** The quantiles as ascending, distinct edges; none when there are no values. */
  static double[] distinctEdges(double[] sorted, double[] probabilities) {
    return sorted.length == 0
        ? new double[0]
        : Arrays.stream(of(sorted, probabilities)).sorted().distinct().toArray();
  }

  /** The median of at least one value, in any order; they are not changed. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return of(sorted, 0.5);
  }

  /** Number of edges at or below the value. */
  public static int binOf(double[] edges, double value) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
