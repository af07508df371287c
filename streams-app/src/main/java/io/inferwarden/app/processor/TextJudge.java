package io.inferwarden.app.processor;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.chat.Adoption;
import io.inferwarden.detectors.chat.AttackPrompt;
import io.inferwarden.detectors.chat.ChatBaseline;
import io.inferwarden.detectors.chat.ChatDetector;
import io.inferwarden.detectors.chat.ChatState;
import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.principal.SignalShare;
import io.inferwarden.detectors.signal.Observation;
import java.util.List;
import java.util.Optional;

/** Judges the principals of a chat model by their prompts and by what these cost. */
final class TextJudge extends PrincipalJudge {
  private final ChatBaseline baseline;
  private final ChatDetector detector;

  /**
   * Spends less where the audit of the learning saw the promise broken: as many times as it was.
   */
  TextJudge(ChatBaseline baseline, double expectedPrincipals, AlarmBudget budget) {
    super(expectedPrincipals, baseline.excess().timesPromised(), budget);
    this.baseline = baseline;
    this.detector = new ChatDetector(baseline);
  }

  private static ChatState state(PrincipalMemory memory) {
    return ((PrincipalMemory.ByText) memory).state();
  }

  @Override
  PrincipalMemory newMemory() {
    return new PrincipalMemory.ByText(baseline.newState());
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
  CohortMessage.Traits traits(PrincipalMemory memory) {
    List<AttackPrompt> prompts = state(memory).attackPrompts();
    int[] fingerprints = new int[2 * prompts.size()];
    for (int i = 0; i < prompts.size(); i++) {
      fingerprints[2 * i] = prompts.get(i).exact();
      fingerprints[2 * i + 1] = prompts.get(i).head();
    }
    return new CohortMessage.Traits(new float[0][], fingerprints);
  }

  @Override
  Optional<Adoption> takeAdoption(PrincipalMemory memory) {
    return state(memory).takeAdoption();
  }

  @Override
  boolean hearsWordings() {
    return true;
  }

  @Override
  AccusedGrouping newGrouping() {
    return new ArsenalGrouping(-Math.log(principalSpend()));
  }
}
