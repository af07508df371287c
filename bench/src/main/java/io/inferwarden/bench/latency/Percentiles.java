package io.inferwarden.bench.latency;

import java.util.Arrays;
import java.util.Locale;

/** How long something took, many times. */
final class Percentiles {
  private final double[] sorted;

  /**
   * @param millis in any order
   */
  Percentiles(double[] millis) {
    sorted = millis.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /**
   * The smallest of the figures that at least this share does not exceed; NaN where there is none.
   *
   * @param share above 0 and at most 1
   */
  double at(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1], was " + share);
    }
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "n %5d   p50 %6.0f ms   p90 %6.0f ms   p99 %6.0f ms   worst %6.0f ms",
        count(),
        at(0.50),
        at(0.90),
        at(0.99),
        at(1));
  }
}
