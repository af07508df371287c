package io.inferwarden.detectors.evidence;

/**
 * The predictive law of a pane of counts: a Pólya urn (Dirichlet-multinomial).
 *
 * <p>An urn of strength {@code S} around the centre {@code q} gives one sequence of events with the
 * counts {@code c}, {@code n = sum c}, the log probability
 *
 * <pre>ln U(S, q; c) = lnG(S) - lnG(S + n) + sum_k [ lnG(S q_k + c_k) - lnG(S q_k) ]</pre>
 *
 * <p>with {@code lnG} the log gamma function. Large {@code S} means that panes resemble the centre;
 * small {@code S} that they vary much. Ratios of two such probabilities of the same counts need no
 * multinomial coefficient.
 *
 * <p>Each difference of log gammas is a log of a product for small counts and 0 for a count of 0,
 * so a pane of a few dozen events costs one or two logarithms. Relative error about 1e-13 for
 * strengths up to 1e9. Stateless and thread-safe; arguments are not modified.
 *
 * <p>Sources: Minka, "Estimating a Dirichlet distribution", 2000; Lindon and Malek, "Anytime-valid
 * inference for multinomial count data", NeurIPS 2022, arXiv:2011.03567.
 */
public final class PolyaUrn {
  /** Counts up to this are multiplied out; 16 factors up to 1e9 keep a product below 1e150. */
  private static final int MULTIPLIED_OUT = 16;

  private static final int SUMMED = 64;

  /** From here on the series is exact enough. */
  private static final double SERIES_FROM = 10;

  private static final double HALF_LOG_TWO_PI = .5 * Math.log(2 * Math.PI);
  private static final double LARGE = 1e150;
  private static final double SMALL = 1e-150;

  private PolyaUrn() {}

  /**
   * Log probability of one sequence of events with these counts.
   *
   * @param strength {@code S}, above 0
   * @param centre {@code q}, every entry above 0, summing to 1
   * @param counts {@code c}, as long as the centre, none negative
   * @return at most 0, and 0 for no events
   */
  public static double logProbability(double strength, double[] centre, int[] counts) {
    double log = 0;
    double product = 1;
    int events = 0;
    for (int k = 0; k < counts.length; k++) {
      int count = counts[k];
      if (count == 0) {
        continue;
      }
      events += count;
      double mass = strength * centre[k];
      if (count > MULTIPLIED_OUT) {
        log += logRisingFactorial(mass, count);
        continue;
      }
      for (int i = 0; i < count; i++) {
        product *= mass + i;
      }
      if (!(product < LARGE && product > SMALL)) {
        log += Math.log(product);
        product = 1;
      }
    }
    return log + Math.log(product) - logRisingFactorial(strength, events);
  }

  /**
   * {@code lnG(start + count) - lnG(start)}.
   *
   * @param start above 0
   * @param count at least 0
   */
  static double logRisingFactorial(double start, int count) {
    if (count > SUMMED) {
      double product = 1;
      double from = start;
      for (; from < SERIES_FROM; from++) {
        product *= from;
      }
      return Math.log(product) + logGamma(start + count) - logGamma(from);
    }
    double log = 0;
    for (int from = 0; from < count; from += MULTIPLIED_OUT) {
      int to = Math.min(count, from + MULTIPLIED_OUT);
      double product = 1;
      for (int i = from; i < to; i++) {
        product *= start + i;
      }
      log += Math.log(product);
    }
    return log;
  }

  /**
   * Stirling's series of {@code lnG(x)}, for {@code x >= 10}: off by less than 1e-12 there (NIST
   * DLMF 5.11.1). An exact one for all arguments, as Commons Math has it, takes most of the time of
   * learning.
   */
  private static double logGamma(double x) {
    double inverse = 1 / x;
    double square = inverse * inverse;
    double series =
        inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680.0)));
    return (x - .5) * Math.log(x) - x + HALF_LOG_TWO_PI + series;
  }
}
