package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * Audits a null by what it promises: the mean of {@code L} over panes without a change is at most
 * 1. Panes are forgotten half at a time, after a thousand.
 */
final class NullAudit {
  private static final int AUDITED_PANES = 1000;

  /** Caps a pane's ratio, so that one pane does not decide; 1 stays the bound. */
  private static final double LARGEST_RATIO = 10;

  /** Panes below which a mean says nothing. */
  private static final int LEAST_PANES = 50;

  private static final double STANDARD_ERRORS = 3;

  private double panes;
  private double sum;
  private double squares;

  void add(double likelihoodRatio) {
    double ratio = Math.min(likelihoodRatio, LARGEST_RATIO);
    if (panes >= AUDITED_PANES) {
      panes /= 2;
      sum /= 2;
      squares /= 2;
    }
    panes++;
    sum += ratio;
    squares += ratio * ratio;
  }

  /** NaN before the first pane. */
  double mean() {
    return panes == 0 ? Double.NaN : sum / panes;
  }

  /** NaN below two panes. */
  double standardError() {
    if (panes < 2) {
      return Double.NaN;
    }
    double mean = mean();
    return Math.sqrt(Math.max(0, squares / panes - mean * mean) / (panes - 1));
  }

  /**
   * Whether the mean lies above 1 by three standard errors, and by more where several streams are
   * looked at together.
   */
  boolean isViolated(int streams) {
    double errors = Math.sqrt(STANDARD_ERRORS * STANDARD_ERRORS + 2 * Math.log(streams));
    return panes >= LEAST_PANES && mean() > 1 + errors * standardError();
  }

  void writeTo(StateWriter writer) {
    writer.writeDouble(panes).writeDouble(sum).writeDouble(squares);
  }

  void readFrom(StateReader reader) {
    panes = reader.readDouble();
    sum = reader.readDouble();
    squares = reader.readDouble();
  }
}
