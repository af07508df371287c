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

  /**
   * Number of edges at or below the value, by a search without branches: where the values of an
   * event fall cannot be predicted.
   *
   * @param edges ascending and finite
   * @param value not NaN
   */
  public static int binOf(double[] edges, double value) {
    double unsigned = value + 0.0; // makes -0.0 positive
    int start = 0;
    int size = edges.length;
    while (size > 0) {
      int half = (size + 1) >>> 1;
      long sign = Double.doubleToRawLongBits(unsigned - edges[start + half - 1]) >> (Long.SIZE - 1);
      start += half & (int) ~sign;
      size -= half;
    }
    return start;
  }

  /**
   * Number of values below the given one, by a search without branches.
   *
   * @param ascending sorted and finite
   * @param value not NaN
   */
  static int below(float[] ascending, float value) {
    float signed = withSignedZero(value);
    int start = 0;
    int size = ascending.length;
    while (size > 0) {
      int half = (size + 1) >>> 1;
      start += half & maskBelow(ascending[start + half - 1], signed);
      size -= half;
    }
    return start;
  }

  /** The value, a zero made negative: then no difference to an equal value is negative. */
  static float withSignedZero(float value) {
    return value == 0 ? -0f : value;
  }

  /** All bits when the first is less than the second, which must have a signed zero, else none. */
  static int maskBelow(float first, float second) {
    return Float.floatToRawIntBits(first - second) >> (Integer.SIZE - 1);
  }
}
