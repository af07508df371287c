package io.inferwarden.app.processor;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalDetector;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.principal.SignalShare;
import io.inferwarden.detectors.signal.Observation;
import java.util.List;

/** Judges the principals of a model that answers features, such as a classifier. */
final class FeatureJudge extends PrincipalJudge {
  private final PrincipalBaseline baseline;
  private final PrincipalDetector detector;

  FeatureJudge(PrincipalBaseline baseline, double expectedPrincipals, AlarmBudget budget) {
    super(expectedPrincipals, 1, budget);
    this.baseline = baseline;
    this.detector = new PrincipalDetector(baseline);
  }

  private static PrincipalState state(PrincipalMemory memory) {
    return ((PrincipalMemory.ByFeatures) memory).state();
  }

  @Override
  PrincipalMemory newMemory() {
    return new PrincipalMemory.ByFeatures(baseline.newState());
  }

  @Override
  double observe(PrincipalMemory memory, Observation event, double eventSpend) {
    return detector.observe(state(memory), event, principalSpend(), eventSpend);
  }

  @Override
  void restart(PrincipalMemory memory) {
    detector.restart(state(memory));
  }

  @Override
  double level(PrincipalMemory memory) {
    return state(memory).level();
  }

  @Override
  AbuseKind abuse(PrincipalMemory memory) {
    return detector.kind(state(memory));
  }

  @Override
  List<SignalShare> shares(PrincipalMemory memory) {
    return detector.explain(state(memory));
  }

  @Override
  List<String> marks(PrincipalMemory memory) {
    return detector.marks(state(memory));
  }

  @Override
  CohortMessage.Traits traits(PrincipalMemory memory) {
    double[][] recent = state(memory).recentCounts(baseline);
    float[][] counts = new float[recent.length][];
    for (int signal = 0; signal < recent.length; signal++) {
      counts[signal] = new float[recent[signal].length];
      for (int bin = 0; bin < recent[signal].length; bin++) {
        counts[signal][bin] = (float) recent[signal][bin];
      }
    }
    return new CohortMessage.Traits(counts, new int[0]);
  }

  @Override
  boolean hearsWordings() {
    return false;
  }

  @Override
  AccusedGrouping newGrouping() {
    return new LikenessGrouping(baseline, expectedPrincipals(), principalSpend());
  }
}
