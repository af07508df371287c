package io.inferwarden.app.demo;

import java.util.SplittableRandom;

/** Draws from the distributions that the simulation needs. */
final class Draws {
  private Draws() {}

  /** An index, each with probability proportional to its weight. */
  static int index(double[] weights, SplittableRandom random) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** A probability vector from the Dirichlet distribution with this mean and concentration. */
  static double[] dirichlet(double[] mean, double concentration, SplittableRandom random) {
    double[] drawn = new double[mean.length];
    double total = 0;
    for (int i = 0; i < mean.length; i++) {
      drawn[i] = gamma(mean[i] * concentration, random);
      total += drawn[i];
    }
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] /= total;
    }
    return drawn;
  }

  /** Gamma with unit scale: Marsaglia and Tsang, doi:10.1145/358407.358414. */
  static double gamma(double shape, SplittableRandom random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      if (Math.log(1 - random.nextDouble()) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** Exponential waiting time, at least one millisecond. */
  static long waitMillis(double meanSeconds, SplittableRandom random) {
    return Math.max(1, Math.round(random.nextExponential() * meanSeconds * 1000));
  }

  static double[] gaussians(int count, double deviation, SplittableRandom random) {
    double[] drawn = new double[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = random.nextGaussian() * deviation;
    }
    return drawn;
  }
}
