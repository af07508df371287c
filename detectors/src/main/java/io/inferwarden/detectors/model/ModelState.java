package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateWriter;

/**
 * The evidence of all signals of one model, and the audit of its null. Mutable, not thread-safe;
 * made, read and stepped by {@link ModelDetector}.
 */
public final class ModelState {
  static final int VERSION = 1;

  /** Panes after which the audit forgets half: some three weeks of hours. */
  private static final int AUDITED_PANES = 1000;

  /** Caps a pane's ratio in the audit, so that one pane does not decide it; 1 stays the bound. */
  private static final double LARGEST_AUDITED = 10;

  final SignalState[] signals;
  double auditedPanes;
  double ratioSum;
  double ratioSquares;

  ModelState(SignalState[] signals) {
    this.signals = signals;
  }

  /**
   * Mean of {@code L} over the recent quiet panes of the model (settling and without an alarm),
   * each pane's being the weighted mean over signals, capped at 10. The promise of the budget rests
   * on its being at most 1; NaN before the first pane.
   */
  public double meanLikelihoodRatio() {
    return auditedPanes == 0 ? Double.NaN : ratioSum / auditedPanes;
  }

  /**
   * Standard error of {@link #meanLikelihoodRatio()}; NaN below two panes. A mean above 1 by three
   * of these says that the null is visibly wrong.
   */
  public double likelihoodRatioStandardError() {
    if (auditedPanes < 2) {
      return Double.NaN;
    }
    double mean = ratioSum / auditedPanes;
    double variance = Math.max(0, ratioSquares / auditedPanes - mean * mean);
    return Math.sqrt(variance / (auditedPanes - 1));
  }

  void audit(double likelihoodRatio) {
    double ratio = Math.min(likelihoodRatio, LARGEST_AUDITED);
    if (auditedPanes >= AUDITED_PANES) {
      auditedPanes /= 2;
      ratioSum /= 2;
      ratioSquares /= 2;
    }
    auditedPanes++;
    ratioSum += ratio;
    ratioSquares += ratio * ratio;
  }

  /** Writes the state; {@link ModelDetector#readState} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeShort(signals.length);
    writer.writeDouble(auditedPanes).writeDouble(ratioSum).writeDouble(ratioSquares);
    for (SignalState signal : signals) {
      signal.writeTo(writer);
    }
  }
}
