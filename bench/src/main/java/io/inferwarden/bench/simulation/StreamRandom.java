package io.inferwarden.bench.simulation;

import java.util.SplittableRandom;

/** The draws of one simulated stream. Deterministic given its seed; not thread-safe. */
final class StreamRandom {
  /** Of a larger mean the probability of none cannot be told from 0. */
  private static final double LARGEST_MEAN = 500;

  private final SplittableRandom random;

  private StreamRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * The draws of stream {@code stream} of the run called {@code name}: the same on every thread.
   */
  static StreamRandom of(long seed, String name, int stream) {
    return new StreamRandom(mixed(mixed(seed) + name.hashCode()) + mixed(stream));
  }

  /** The finaliser of SplitMix64. */
  static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  double uniform() {
    return random.nextDouble();
  }

  double normal() {
    return random.nextGaussian();
  }

  /** A random 64-bit number, not 0. */
  long identity() {
    return random.nextLong() | 1;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  double[] normals(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  double exponential(double mean) {
    return -mean * Math.log1p(-random.nextDouble());
  }

  /**
   * A Poisson count by multiplying uniforms; {@code mean} in [0, 700], above which {@code
   * exp(-mean)} is 0.
   */
  int poisson(double mean) {
    if (mean > LARGEST_MEAN) {
      return poisson(LARGEST_MEAN) + poisson(mean - LARGEST_MEAN);
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

  /** Number of trials up to and with the first success, at least 1. */
  int geometric(double success) {
    int trials = 1;
    while (random.nextDouble() >= success) {
      trials++;
    }
    return trials;
  }

  /**
   * A value of the zeta distribution, {@code P(k) ~ k^-exponent}, cut at {@code most}: Devroye,
   * Non-Uniform Random Variate Generation, 1986, X.6.1, doi:10.1007/978-1-4613-8643-8.
   */
  int zeta(double exponent, int most) {
    double b = Math.pow(2, exponent - 1);
    while (true) {
      double value = Math.floor(Math.pow(1 - random.nextDouble(), -1 / (exponent - 1)));
      double v = random.nextDouble();
      double t = Math.pow(1 + 1 / value, exponent - 1);
      if (v * value * (t - 1) / (b - 1) <= t / b) {
        return (int) Math.min(value, most);
      }
    }
  }

  /**
   * A gamma variate of scale 1 and shape at least 1/3: Marsaglia and Tsang 2000, boosted below 1.
   */
  private double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      double u = 1 - random.nextDouble();
      if (v > 0 && Math.log(u) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** A probability vector around {@code centre}, of concentration {@code kappa}. */
  double[] dirichlet(double kappa, double[] centre) {
    double[] draw = new double[centre.length];
    double sum = 0;
    for (int k = 0; k < draw.length; k++) {
      draw[k] = gamma(kappa * centre[k]);
      sum += draw[k];
    }
    for (int k = 0; k < draw.length; k++) {
      draw[k] /= sum;
    }
    return draw;
  }

  /** An index drawn with these probabilities, which sum to 1. */
  int choice(double[] probabilities) {
    double rest = random.nextDouble();
    for (int k = 0; k < probabilities.length - 1; k++) {
      rest -= probabilities[k];
      if (rest < 0) {
        return k;
      }
    }
    return probabilities.length - 1;
  }
}
