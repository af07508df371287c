package io.inferwarden.detectors.model;

import java.util.SplittableRandom;

/**
 * Draws of panes of counts as a baseline expects them. Deterministic given its seed; not
 * thread-safe.
 */
final class PaneDraws {
  /** Above this mean a Poisson count is a rounded normal one. */
  private static final double NORMAL_FROM = 50;

  private static final double LEAST = 1e-12;

  private final SplittableRandom random;

  PaneDraws(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Counts of a pane, independent Poisson ones of these means: their sum is Poisson, too. */
  void counts(double[] probabilities, double events, int[] into) {
    for (int k = 0; k < into.length; k++) {
      into[k] = poisson(probabilities[k] * events);
    }
  }

  private int poisson(double mean) {
    if (mean > NORMAL_FROM) {
      double drawn = mean + Math.sqrt(mean) * random.nextGaussian();
      return (int) Math.max(0, Math.min(Integer.MAX_VALUE / 64.0, Math.rint(drawn)));
    }
    double least = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > least) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** Factors around 1 by which probabilities differ that rest on so many events. */
  double[] factors(double[] usual, double events) {
    double[] factors = new double[usual.length];
    for (int k = 0; k < factors.length; k++) {
      double shape = usual[k] * events;
      factors[k] = Math.max(LEAST, gamma(shape) / shape);
    }
    return factors;
  }

  /** Probabilities that differ from pane to pane with this concentration. */
  void vary(double[] probabilities, double kappa, double[] into) {
    for (int k = 0; k < into.length; k++) {
      into[k] = Math.max(LEAST, gamma(Math.max(LEAST, kappa * probabilities[k])));
    }
    Vectors.normalise(into);
  }

  double normal() {
    return random.nextGaussian();
  }

  /** Marsaglia and Tsang 2000, doi:10.1145/358407.358414, boosted below 1. */
  private double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      double v = root * root * root;
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
