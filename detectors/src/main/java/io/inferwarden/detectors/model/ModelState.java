package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence of all signals of one model, and the audit of its null. Mutable, not thread-safe;
 * made, read and stepped by {@link ModelDetector}.
 */
public final class ModelState {
  static final int VERSION = 3;

  final SignalState[] signals;
  final NullAudit audit = new NullAudit();

  ModelState(SignalState[] signals) {
    this.signals = signals;
  }

  /**
   * Mean of {@code L} over the recent panes of the model while no incident was open, each pane's
   * being the weighted mean over signals, capped at 10. The promise of the budget rests on its
   * being at most 1; NaN before the first pane.
   */
  public double meanLikelihoodRatio() {
    return audit.mean();
  }

  /** Standard error of {@link #meanLikelihoodRatio()}; NaN below two panes. */
  public double likelihoodRatioStandardError() {
    return audit.standardError();
  }

  /**
   * Whether the null of this model is visibly wrong, so that false alarms may exceed the budget:
   * the mean of {@code L} of the model or of a signal lies above 1 by three standard errors, or a
   * signal was seen to wander from pane to pane as its learning period did not.
   */
  public boolean isPromiseSuspended() {
    boolean suspended = audit.isViolated(1);
    for (SignalState signal : signals) {
      suspended |= isViolated(signal);
    }
    return suspended;
  }

  /** Names of the signals whose own null is visibly wrong. */
  public List<String> violatedSignals() {
    List<String> violated = new ArrayList<>();
    for (SignalState signal : signals) {
      if (isViolated(signal)) {
        violated.add(signal.name);
      }
    }
    return violated;
  }

  private boolean isViolated(SignalState signal) {
    return signal.audit.isViolated(signals.length) || signal.wander.isViolated(signals.length);
  }

  /** Writes the state; {@link ModelDetector#readState} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeShort(signals.length);
    audit.writeTo(writer);
    for (SignalState signal : signals) {
      signal.writeTo(writer);
    }
  }
}
