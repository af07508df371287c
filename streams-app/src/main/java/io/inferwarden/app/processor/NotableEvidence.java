package io.inferwarden.app.processor;

import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.detectors.model.BinShift;
import io.inferwarden.detectors.model.CauseShare;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a judged pane left of evidence that may matter to the fleet: the leading signals.
 *
 * @param onsetMillis when the change of the model began, as far as the evidence tells
 * @param restarted whether the evidence raised a finding
 * @param causes the leading signals; none while all evidence is negligible
 */
record NotableEvidence(long onsetMillis, boolean restarted, List<FleetMessage.Cause> causes) {
  /**
   * What a signal adds to the level is negligible below this many panes of the model's spend; see
   * {@link io.inferwarden.detectors.budget.FleetEvidence} for what that costs.
   */
  static final double LEAST_PANES = 10;

  private static final int LEADING = 3;

  /** Of the evidence after a step and before a restart. */
  static NotableEvidence of(ModelDetector detector, ModelState state, double level, double spend) {
    double least = LEAST_PANES * spend;
    boolean restarted = level >= 1;
    if (!(level >= least && level > 0)) {
      return new NotableEvidence(0, restarted, List.of());
    }
    List<FleetMessage.Cause> causes = new ArrayList<>();
    for (CauseShare cause : detector.explain(state)) {
      double part = cause.share() * level;
      if (causes.size() < LEADING && part >= least && !cause.bins().isEmpty()) {
        BinShift bin = cause.bins().get(0);
        causes.add(
            new FleetMessage.Cause(
                cause.signal(),
                part,
                cause.share(),
                bin.bin(),
                bin.expectedShare(),
                bin.observedShare()));
      }
    }
    return new NotableEvidence(detector.onsetMillis(state), restarted, causes);
  }
}
