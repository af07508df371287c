package io.inferwarden.detectors.model;

/**
 * Two orthonormal directions, location and spread, in which an ordered signal shifts: Gram-Schmidt
 * under the usual probabilities of {@code s} and {@code s^2}, with {@code s = 2 F_mid - 1} and
 * {@code F_mid} the distribution function at the middle of a bin. The last bin (missing) takes no
 * part.
 */
final class Tilts {
  private static final double LARGEST = 4;

  private final double[][] directions;

  private Tilts(double[][] directions) {
    this.directions = directions;
  }

  /** Directions for bins of these probabilities: at least four, all above 0. */
  static Tilts of(double[] p) {
    int bins = p.length;
    double[] q = p.clone();
    q[bins - 1] = 0;
    Vectors.normalise(q);
    double[] location = new double[bins];
    double[] spread = new double[bins];
    double below = 0;
    for (int k = 0; k < bins; k++) {
      below += q[k];
      location[k] = 2 * below - q[k] - 1;
      spread[k] = location[k] * location[k];
    }
    centre(location, q);
    scale(location, q);
    centre(spread, q);
    double common = inner(spread, location, q);
    for (int k = 0; k < bins; k++) {
      spread[k] -= common * location[k];
    }
    scale(spread, q);
    return new Tilts(new double[][] {location, spread});
  }

  /**
   * What each bin's probability is multiplied with, before normalising, after these events: {@code
   * exp(clip(sum_j theta_j f_j, +-4))}, {@code theta_j = sum_k f_jk (seen_k - expected_k) /
   * (strength + |seen|)}.
   */
  void ratios(double strength, double[] seen, double[] expected, double seenEvents, double[] into) {
    double location = 0;
    double spread = 0;
    for (int k = 0; k < into.length; k++) {
      double excess = seen[k] - expected[k];
      location += excess * directions[0][k];
      spread += excess * directions[1][k];
    }
    location /= strength + seenEvents;
    spread /= strength + seenEvents;
    for (int k = 0; k < into.length; k++) {
      double exponent = location * directions[0][k] + spread * directions[1][k];
      into[k] = Math.exp(Math.max(-LARGEST, Math.min(LARGEST, exponent)));
    }
  }

  /** The probabilities shifted in location by {@code theta}; written into {@code into}. */
  void locate(double[] predicted, double theta, double[] into) {
    for (int k = 0; k < into.length; k++) {
      double exponent = Math.max(-LARGEST, Math.min(LARGEST, theta * directions[0][k]));
      into[k] = predicted[k] * Math.exp(exponent);
    }
    Vectors.normalise(into);
  }

  /** Mean of the location over events with these counts, which sum above 0. */
  double location(int[] counts) {
    double sum = 0;
    for (int k = 0; k < counts.length; k++) {
      sum += counts[k] * directions[0][k];
    }
    return sum / Vectors.sum(counts);
  }

  /** Mean and variance of the location of one event under these probabilities. */
  double[] locationMoments(double[] p) {
    double mean = 0;
    double square = 0;
    for (int k = 0; k < p.length; k++) {
      mean += p[k] * directions[0][k];
      square += p[k] * directions[0][k] * directions[0][k];
    }
    return new double[] {mean, square - mean * mean};
  }

  private static void centre(double[] f, double[] q) {
    double mean = 0;
    for (int k = 0; k < f.length; k++) {
      mean += q[k] * f[k];
    }
    for (int k = 0; k < f.length; k++) {
      f[k] -= mean;
    }
  }

  private static void scale(double[] f, double[] q) {
    double length = Math.sqrt(inner(f, f, q));
    for (int k = 0; k < f.length; k++) {
      f[k] /= length;
    }
    f[f.length - 1] = 0;
  }

  private static double inner(double[] f, double[] g, double[] q) {
    double sum = 0;
    for (int k = 0; k < f.length; k++) {
      sum += q[k] * f[k] * g[k];
    }
    return sum;
  }
}
