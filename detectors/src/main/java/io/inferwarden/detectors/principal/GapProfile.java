package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** How the time between queries of a model's honest principals is spread over {@link GapCounts}. */
final class GapProfile {
  static final double KAPPA_UNCERTAINTY = 0.7;

  private final double[] p;
  private final double kappa;

  /**
   * @param p probability of each bin, &gt; 0
   * @param kappa the fitted concentration
   */
  GapProfile(double[] p, double kappa) {
    if (p.length != GapCounts.BINS) {
      throw new IllegalArgumentException(
          "p must have " + GapCounts.BINS + " values, had " + p.length);
    }
    this.p = p;
    this.kappa = kappa;
  }

  double[] p() {
    return p;
  }

  double kappaUsed() {
    return KAPPA_UNCERTAINTY * kappa;
  }

  void writeTo(StateWriter out) {
    out.writeDoubles(p).writeDouble(kappa);
  }

  static GapProfile readFrom(StateReader in) {
    return new GapProfile(in.readDoubles(), in.readDouble());
  }
}
