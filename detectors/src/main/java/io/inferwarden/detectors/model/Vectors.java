package io.inferwarden.detectors.model;

/** Sums over bin vectors. */
final class Vectors {
  private Vectors() {}

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  static double sum(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      sum += sum(row);
    }
    return sum;
  }

  static int sum(int[] values) {
    int sum = 0;
    for (int value : values) {
      sum += value;
    }
    return sum;
  }

  static void addTo(double[] target, double[] values) {
    for (int i = 0; i < target.length; i++) {
      target[i] += values[i];
    }
  }

  /** Divides by the sum, in place. */
  static void normalise(double[] values) {
    double sum = sum(values);
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
  }

  /** Concentration of a draw that varies by {@code a} and, independently, by {@code b}. */
  static double join(double a, double b) {
    return 1 / (1 / a + 1 / b);
  }
}
