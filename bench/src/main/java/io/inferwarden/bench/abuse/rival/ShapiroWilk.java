package io.inferwarden.bench.abuse.rival;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * The Shapiro-Wilk statistic W: how near a sample is to a normal one.
 *
 * <p>{@code W = (sum a_i x_(i))^2 / sum (x_i - mean)^2}, with the weights {@code a} approximated
 * from the expected normal order statistics {@code m_i = Phi^-1((i - 3/8) / (n + 1/4))} and
 * polynomials in {@code 1 / sqrt(n)} for the outermost. W is in (0, 1], 1 for a perfectly normal
 * sample and for one without spread. Made for n up to 5,000; above, only the weights are less
 * exact. Royston 1995, Algorithm AS R94, doi:10.2307/2986146; the p-value of that algorithm is not
 * computed.
 */
final class ShapiroWilk {
  private static final double[] OUTERMOST = {0, .221157, -.147981, -2.07119, 4.434685, -2.706056};
  private static final double[] SECOND = {0, .042981, -.293762, -1.752461, 5.682633, -3.582633};
  private static final int FEWEST = 3;
  private static final int FEWEST_FOR_SECOND = 6;

  private ShapiroWilk() {}

  /**
   * @param values at least 3, finite; not changed
   * @throws IllegalArgumentException when there are fewer
   */
  static double statistic(double[] values) {
    if (values.length < FEWEST) {
      throw new IllegalArgumentException("values must be >= 3, was " + values.length);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean);
    }
    if (sorted[0] == sorted[sorted.length - 1]) {
      return 1;
    }
    double[] weights = weights(sorted.length);
    double fit = 0;
    for (int i = 0; i < weights.length; i++) {
      fit += weights[i] * (sorted[sorted.length - 1 - i] - sorted[i]);
    }
    return Math.min(1, fit * fit / squares);
  }

  /** Weights of the differences between the largest and the smallest values, outermost first. */
  static double[] weights(int n) {
    double[] scores = new double[n / 2];
    if (n == FEWEST) {
      scores[0] = Math.sqrt(0.5);
      return scores;
    }
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -Math.sqrt(2) * Erf.erfInv(2 * (i + 1 - 0.375) / (n + 0.25) - 1);
      squares += 2 * scores[i] * scores[i];
    }
    double root = 1 / Math.sqrt(n);
    double first = scores[0] / Math.sqrt(squares) + polynomial(OUTERMOST, root);
    double[] weights = new double[scores.length];
    weights[0] = first;
    int inner = 1;
    double left = squares - 2 * scores[0] * scores[0];
    double share = 1 - 2 * first * first;
    if (n >= FEWEST_FOR_SECOND) {
      weights[1] = scores[1] / Math.sqrt(squares) + polynomial(SECOND, root);
      left -= 2 * scores[1] * scores[1];
      share -= 2 * weights[1] * weights[1];
      inner = 2;
    }
    double scale = Math.sqrt(left / share);
    for (int i = inner; i < weights.length; i++) {
      weights[i] = scores[i] / scale;
    }
    return weights;
  }

  private static double polynomial(double[] coefficients, double at) {
    double value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value * at + coefficients[i];
    }
    return value;
  }
}
