package io.inferwarden.app.processor;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.chat.Adoption;
import io.inferwarden.detectors.chat.ChatBaseline;
import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.SignalShare;
import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the principals of one model are judged, under one baseline. */
abstract class PrincipalJudge {
  private static final int REASONS = 4;

  private final double principalSpend;
  private final double expectedPrincipals;

  /**
   * @param expectedPrincipals how many share the budget in a week
   * @param timesPromised how many times as many false alarms as promised the evidence gave where it
   *     was audited, at least 1
   */
  PrincipalJudge(double expectedPrincipals, double timesPromised, AlarmBudget budget) {
    this.expectedPrincipals = expectedPrincipals;
    this.principalSpend =
        (1 - Tracking.FLOODS_PART) * budget.principalSpend(expectedPrincipals * timesPromised);
  }

  /** The judge that a baseline asks for; empty when it knows nothing of principals. */
  static Optional<PrincipalJudge> of(
      BaselineRecord baseline, LearnedParts learned, AlarmBudget budget) {
    PrincipalBaseline byFeatures = learned.principals(baseline);
    if (byFeatures != null) {
      double expected = expected(byFeatures.expectedPrincipalsPerWeek(), baseline);
      return Optional.of(new FeatureJudge(byFeatures, expected, budget));
    }
    ChatBaseline byText = learned.conversations(baseline);
    if (byText != null) {
      double expected = expected(byText.expectedPrincipalsPerWeek(), baseline);
      return Optional.of(new TextJudge(byText, expected, budget));
    }
    return Optional.empty();
  }

  /** All models share the budget as if each had as many principals as this one. */
  private static double expected(double principalsPerWeek, BaselineRecord baseline) {
    return Math.max(1, principalsPerWeek) * baseline.modelsKnown();
  }

  /** False alarms that one principal may cost while it is tracked, in its first week. */
  double principalSpend() {
    return principalSpend;
  }

  /** Number of principals that share the budget. */
  double expectedPrincipals() {
    return expectedPrincipals;
  }

  /** What is kept of a principal that was never seen. */
  abstract PrincipalMemory newMemory();

  /** Takes an event in; a level of 1 or more is an alarm. */
  abstract double observe(PrincipalMemory memory, Observation event, double eventSpend);

  /** Starts the evidence again after an alarm. */
  abstract void restart(PrincipalMemory memory);

  /** The level that the latest event left; an alarm at 1. */
  abstract double level(PrincipalMemory memory);

  /** Natural logarithm of the evidence that makes a level; negative infinity without any. */
  final double logEvidence(double level) {
    return Math.log(level / principalSpend);
  }

  /** What the principal seems to be after. */
  abstract AbuseKind abuse(PrincipalMemory memory);

  abstract List<SignalShare> shares(PrincipalMemory memory);

  /** How the principal works, in sentences: no evidence, but the reason for the kind. */
  List<String> marks(PrincipalMemory memory) {
    return List.of();
  }

  /** What tells an accused principal from others. */
  abstract CohortMessage.Traits traits(PrincipalMemory memory);

  /** The wordings of its first prompts, once, when it has sent them. */
  Optional<Adoption> takeAdoption(PrincipalMemory memory) {
    return Optional.empty();
  }

  /** Whether its principals take up wordings. */
  abstract boolean hearsWordings();

  /** How accused principals of this model are grouped. */
  abstract AccusedGrouping newGrouping();

  final IncidentKind kind(PrincipalMemory memory) {
    return switch (abuse(memory)) {
      case EXTRACTION -> IncidentKind.EXTRACTION;
      case EVASION -> IncidentKind.EVASION;
      case INVERSION -> IncidentKind.INVERSION;
      case MEMBERSHIP_PROBING -> IncidentKind.MEMBERSHIP_PROBING;
      case FUZZING -> IncidentKind.FUZZING;
      case SCRIPTED_USE -> IncidentKind.SCRIPTED_USE;
      case DENIAL_OF_WALLET -> IncidentKind.DENIAL_OF_WALLET;
      case INJECTION -> IncidentKind.INJECTION;
      case PROMPT_EXTRACTION -> IncidentKind.PROMPT_EXTRACTION;
      case DATA_EXTRACTION -> IncidentKind.DATA_EXTRACTION;
      case DISTILLATION -> IncidentKind.DISTILLATION;
    };
  }

  /** The strongest reasons, in words. */
  final List<Evidence> reasons(PrincipalMemory memory) {
    List<Evidence> reasons = new ArrayList<>();
    for (SignalShare share : shares(memory)) {
      if (reasons.size() < REASONS && !share.excesses().isEmpty()) {
        SignalShare.BinExcess bin = share.excesses().get(0);
        reasons.add(
            Evidence.ofPrincipal(
                share.signal(),
                share.share(),
                bin.description(),
                bin.expectedProbability(),
                bin.observedShare()));
      }
    }
    for (String mark : marks(memory)) {
      reasons.add(new Evidence("way of working", 0, mark, Double.NaN, Double.NaN, mark));
    }
    return reasons;
  }
}
