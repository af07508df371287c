package io.inferwarden.app.processor;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.SeverityRule;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.chat.PromptKeys;
import io.inferwarden.detectors.cohort.Adoption;
import io.inferwarden.detectors.cohort.Burst;
import io.inferwarden.detectors.cohort.PromptPrint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is heard of wordings, and what is said of them when many new accounts took them up. */
final class BurstFindings {
  private static final int TACTICS_OF_AN_ATTACK = 2;

  private BurstFindings() {}

  /** An account's first prompts, as the bursts hear them. */
  static Adoption heard(CohortMessage.Adopted adopted) {
    List<PromptPrint> prompts = new ArrayList<>();
    int attacks = adopted.adoption().attackPrompts();
    for (PromptKeys prompt : adopted.adoption().prompts()) {
      int tactics = prompts.size() < attacks ? TACTICS_OF_AN_ATTACK : 0;
      prompts.add(
          new PromptPrint(prompt.exact(), prompt.line(), prompt.head(), prompt.tail(), tactics));
    }
    return new Adoption(adopted.principal(), adopted.org(), prompts);
  }

  /** What there is to say of a burst, without its members. */
  static Finding of(Burst burst, BaselineRecord baseline, long atMillis) {
    IncidentKind kind =
        switch (burst.kind()) {
          case RING -> IncidentKind.DISTILLATION;
          case ATTACK_PROMPTS -> IncidentKind.INJECTION;
          case ORGANISATION, ONE_TEMPLATE -> IncidentKind.ADOPTION;
        };
    int members = burst.members().size() + burst.lateJoiners().size();
    return new Finding(
        "campaign:" + baseline.model() + "/" + burst.id(),
        baseline.model(),
        "",
        kind,
        SeverityRule.of(kind, members),
        atMillis,
        atMillis,
        (long) members * Adoption.PROMPTS,
        1,
        Chance.UNKNOWN,
        List.of(reason(burst, members)),
        List.of());
  }

  private static Evidence reason(Burst burst, int members) {
    String organisation = burst.organisation();
    String who =
        String.format(Locale.ROOT, "%,d new accounts", members)
            + (organisation == null ? "" : " of " + organisation);
    String sentence =
        who
            + " took up "
            + switch (burst.kind()) {
              case RING ->
                  burst.wordings()
                      + " wordings that nobody used before, each with work of its own, in "
                      + String.format(Locale.ROOT, "%.0f %%", 100 * burst.carried())
                      + " of their first prompts";
              case ATTACK_PROMPTS -> "prompts that combine tactics of attacks, one after the other";
              case ORGANISATION, ONE_TEMPLATE ->
                  "the same template, as a class or the users of a new product do";
            };
    return new Evidence("wording", 1, "the same new wording", Double.NaN, Double.NaN, sentence);
  }
}
