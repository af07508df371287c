package io.inferwarden.alerting.feed;

import static io.inferwarden.alerting.Examples.AT;
import static io.inferwarden.alerting.Examples.MINUTE;
import static io.inferwarden.alerting.Examples.campaign;
import static io.inferwarden.alerting.Examples.drift;
import static io.inferwarden.alerting.Examples.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentLedgerTest {
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private final IncidentLedger ledger = new IncidentLedger();

  @Test
  void theFirstFindingOpensAnIncidentInPlainWords() {
    Incident incident = after(null, finding("principal:k9", AT, 2));

    assertThat(incident.revision()).isEqualTo(1);
    assertThat(incident.isOpen()).isTrue();
    assertThat(incident.openedAtMillis()).isEqualTo(AT);
    assertThat(incident.title())
        .isEqualTo("Model abuse: extraction or probing, principal k9 on fraud-scorer");
    assertThat(incident.summary())
        .isEqualTo(
            "Principal k9 on fraud-scorer asks in a way that honest use does not: like someone who"
                + " copies the model or probes it (since 2026-03-02 14:01 UTC, 1 minute before the alarm, 41 queries judged). Strongest reason: probing:"
                + " 41 % of its queries had in the most extreme 1 %, where 1 % are usual; carries 63 % of"
                + " the evidence. Look at who owns the account and whether this use was agreed; if"
                + " not, limit its rate or revoke its key, and estimate from the answers given since"
                + " the onset how far a copy may have got.");
  }

  @Test
  void aFindingWithinTheQuietPeriodUpdatesTheIncident() {
    Incident first = after(null, finding("principal:k9", AT, 2));

    Incident second = after(first, finding("principal:k9", AT + DAY, 3));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.findings()).isEqualTo(2);
    assertThat(second.openedAtMillis()).isEqualTo(AT);
    assertThat(second.lastSeenAtMillis()).isEqualTo(AT + DAY);
    assertThat(second.onsetMillis()).isEqualTo(first.onsetMillis());
  }

  @Test
  void aFindingAfterTheCooldownOpensANewIncident() {
    Incident first = after(null, finding("principal:k9", AT, 2));

    Incident second = after(first, finding("principal:k9", AT + DAY + HOUR + 1, 2));

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.revision()).isEqualTo(1);
    assertThat(ledger.isOver(first, AT + DAY)).isFalse();
    assertThat(ledger.isOver(first, AT + DAY + 1)).isTrue();
  }

  @Test
  void aLateFindingNeverMovesTheLatestTimeBackwards() {
    Incident first = after(null, finding("principal:k9", AT, 2));

    Incident second = after(first, finding("principal:k9", AT - 3 * DAY, 2));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.lastSeenAtMillis()).isEqualTo(AT);
    assertThat(second.onsetMillis()).isEqualTo(AT - 3 * DAY - MINUTE);
  }

  @Test
  void theStrongestFindingGivesTheReasonsAndTheGravestTheSeverity() {
    Incident strong = after(null, finding("principal:k9", AT, 5));
    Finding weak =
        new Finding(
            "principal:k9",
            "fraud-scorer",
            "8",
            IncidentKind.EXTRACTION,
            Severity.CRITICAL,
            AT + 1,
            AT,
            50,
            2,
            List.of(Evidence.ofPrincipal("gap", 1, "shorter than usual", 0.1, 0.9)));

    Incident incident = after(strong, weak);

    assertThat(incident.evidence()).isEqualTo(strong.evidence());
    assertThat(incident.level()).isEqualTo(5);
    assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(incident.version()).isEqualTo("8");
    assertThat(incident.events()).isEqualTo(50);
  }

  @Test
  void anAlarmKeepsHowSureItsStrongestFindingWas() {
    Incident strong = after(null, drift(IncidentKind.INPUT_DRIFT, "7", AT, 5));

    Incident incident = after(strong, drift(IncidentKind.INPUT_DRIFT, "7", AT + 1, 2));

    assertThat(incident.chanceOnceInMillis()).isEqualTo(strong.chanceOnceInMillis());
    assertThat(incident.level()).isEqualTo(5);
  }

  @Test
  void aReportOfAStateTellsItsLatestNumbers() {
    Incident first = after(null, drift(IncidentKind.VERSION_CHANGED, "8", AT, 50));

    Incident second = after(first, drift(IncidentKind.VERSION_CHANGED, "8", AT + MINUTE, 0.5));
    Incident third = after(second, drift(IncidentKind.VERSION_CHANGED, "8", AT, 9));

    assertThat(second.level()).isEqualTo(0.5);
    assertThat(second.chanceOnceInMillis()).isLessThan(first.chanceOnceInMillis());
    assertThat(third.level()).isEqualTo(0.5);
    assertThat(third.revision()).isEqualTo(3);
    assertThat(third.title()).isEqualTo("New model version, model fraud-scorer version 8");
  }

  @Test
  void eachVersionIsToldOnItsOwn() {
    Finding eight = drift(IncidentKind.VERSION_CHANGED, "8", AT, 1);
    Finding nine = drift(IncidentKind.VERSION_CHANGED, "9", AT, 1);

    assertThat(IncidentLedger.key(eight)).isNotEqualTo(IncidentLedger.key(nine));
    assertThat(after(null, eight).id()).isNotEqualTo(after(null, nine).id());
    assertThat(IncidentLedger.key(drift(IncidentKind.INPUT_DRIFT, "8", AT, 1)))
        .isEqualTo(IncidentLedger.key(drift(IncidentKind.INPUT_DRIFT, "9", AT, 1)));
  }

  @Test
  void resolvingIsARevisionAndHappensOnce() {
    Incident open = after(null, finding("principal:k9", AT, 2));

    Incident resolved = ledger.resolve(open);

    assertThat(resolved.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(resolved.revision()).isEqualTo(2);
    assertThat(ledger.resolve(resolved)).isSameAs(resolved);
  }

  @Test
  void aLateFindingOpensAResolvedIncidentAgainInsteadOfRepeatingItsId() {
    Finding finding = finding("principal:k9", AT, 2);
    Incident resolved = ledger.resolve(after(null, finding));

    Incident again = after(resolved, finding);

    assertThat(again.id()).isEqualTo(resolved.id());
    assertThat(again.revision()).isEqualTo(3);
    assertThat(again.isOpen()).isTrue();
  }

  @Test
  void keysKeepSubjectsModelsAndKindsApart() {
    Finding odd = finding("principal:a|fraud-scorer", AT, 1);

    assertThat(IncidentLedger.key(finding("principal:k9", AT, 1)))
        .isEqualTo("principal:k9|fraud-scorer|abuse");
    assertThat(IncidentLedger.key(odd)).isEqualTo("principal:a%7Cfraud-scorer|fraud-scorer|abuse");
    assertThat(IncidentLedger.key(after(null, odd))).isEqualTo(IncidentLedger.key(odd));
  }

  @Test
  void abuseTakesTheKindOfItsStrongestFindingAndKeepsItsIdAndSeverity() {
    Incident first = after(null, abuse(IncidentKind.EXTRACTION, AT, 2));

    Incident weaker = after(first, abuse(IncidentKind.EVASION, AT + 1, 1));
    Incident clearer = after(weaker, abuse(IncidentKind.FUZZING, AT + 2, 2));

    assertThat(weaker.kind()).isEqualTo(IncidentKind.EXTRACTION);
    assertThat(clearer.kind()).isEqualTo(IncidentKind.FUZZING);
    assertThat(clearer.title()).isEqualTo("Fuzzing, principal k9 on fraud-scorer");
    assertThat(clearer.id()).isEqualTo(first.id());
    assertThat(clearer.revision()).isEqualTo(3);
    assertThat(clearer.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void aTicketBecomesAnAlarmAndNeverTheOtherWayRound() {
    Incident ticket = after(null, abuse(IncidentKind.SCRIPTED_USE, AT, 9));

    Incident alarm = after(ticket, abuse(IncidentKind.EXTRACTION, AT + 1, 2));
    Incident later = after(alarm, abuse(IncidentKind.SCRIPTED_USE, AT + 2, 50));

    assertThat(ticket.pages()).isFalse();
    assertThat(alarm.pages()).isTrue();
    assertThat(alarm.level()).isEqualTo(2);
    assertThat(later.kind()).isEqualTo(IncidentKind.EXTRACTION);
    assertThat(later.level()).isEqualTo(2);
    assertThat(later.findings()).isEqualTo(3);
  }

  @Test
  void aCampaignKeepsItsMembersInTheOrderOfNamingAndTheTimeOfEach() {
    Incident first = after(null, campaign(IncidentKind.EXTRACTION, AT, 5, "a", "b", "c"));

    Incident second = after(first, campaign(IncidentKind.EXTRACTION, AT + 1, 1, "d", "c", "a"));

    assertThat(second.members())
        .extracting(Member::principal, Member::sinceMillis)
        .containsExactly(tuple("a", AT), tuple("c", AT), tuple("d", AT + 1));
    assertThat(second.memberCount()).isEqualTo(3);
    assertThat(second.level()).isEqualTo(5);
  }

  @Test
  void lateAndMemberlessFindingsLeaveTheMembersAsTheyAre() {
    Incident first = after(null, campaign(IncidentKind.EXTRACTION, AT, 2, "a", "b"));

    Incident late = after(first, campaign(IncidentKind.EXTRACTION, AT - 1, 9, "z"));
    Incident none = after(late, campaign(IncidentKind.EXTRACTION, AT + 1, 9));

    assertThat(none.members()).isEqualTo(first.members());
    assertThat(none.memberCount()).isEqualTo(2);
    assertThat(ledger.resolve(none).members()).isEqualTo(first.members());
  }

  @Test
  void anIncidentThatTurnsOutToBeACampaignNamesItsMembersFromThenOn() {
    Incident alone = after(null, campaign(IncidentKind.EXTRACTION, AT, 9));

    Incident campaign = after(alone, campaign(IncidentKind.EXTRACTION, AT - 1, 2, manyNames(12)));

    assertThat(campaign.memberCount()).isEqualTo(12);
    assertThat(campaign.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(campaign.title())
        .isEqualTo("Model abuse: extraction or probing, campaign of 12 accounts on fraud-scorer");
  }

  @Test
  void refusesAFindingOfAnotherIncidentAndAnEmptyQuietPeriod() {
    Incident current = after(null, finding("principal:k9", AT, 1));

    assertThatThrownBy(() -> after(current, finding("principal:k8", AT, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IncidentLedger(Duration.ZERO, Duration.ZERO))
        .hasMessage("quietPeriod must be > 0, was PT0S");
  }

  @Test
  void whatIsOverIsResolvedBeforeItComesBackOrAnewBegins() {
    Incident first = after(null, finding("principal:k9", AT, 2));

    List<Incident> back = ledger.hear(first, finding("principal:k9", AT + DAY + HOUR, 2));
    List<Incident> anew = ledger.hear(first, finding("principal:k9", AT + DAY + HOUR + 1, 2));

    assertThat(back)
        .extracting(Incident::change)
        .containsExactly(IncidentChange.RESOLVED, IncidentChange.REOPENED);
    assertThat(back).extracting(Incident::id).containsOnly(first.id());
    assertThat(back).extracting(Incident::revision).containsExactly(2L, 3L);
    assertThat(anew)
        .extracting(Incident::change)
        .containsExactly(IncidentChange.RESOLVED, IncidentChange.OPENED);
    assertThat(anew.get(0).handling().resolvedAtMillis()).isEqualTo(AT + DAY);
  }

  @Test
  void whatFlapsMustBeQuietForEverLonger() {
    Incident incident = after(null, finding("principal:k9", AT, 2));
    long at = AT;
    for (int reopenings = 0; reopenings <= 4; reopenings++) {
      long quiet = DAY << Math.min(reopenings, 3);

      assertThat(incident.handling().reopenings()).isEqualTo(reopenings);
      assertThat(ledger.isOver(incident, at + quiet)).isFalse();
      assertThat(ledger.isOver(incident, at + quiet + 1)).isTrue();

      at += quiet + 1;
      incident = after(incident, finding("principal:k9", at, 2));
    }
  }

  @Test
  void anAcknowledgementLastsUntilItBecomesGraver() {
    Acknowledgement ann = new Acknowledgement("ann", AT, "mine");
    Incident open = after(null, finding("principal:k9", AT, 2));

    Incident acknowledged = ledger.acknowledge(open, ann);
    Incident updated = after(acknowledged, finding("principal:k9", AT + 1, 3));
    Incident graver = after(updated, critical(AT + 2));

    assertThat(acknowledged.state()).isEqualTo(IncidentState.ACKNOWLEDGED);
    assertThat(acknowledged.change()).isEqualTo(IncidentChange.ACKNOWLEDGED);
    assertThat(ledger.acknowledge(acknowledged, ann)).isNull();
    assertThat(ledger.acknowledge(ledger.resolve(open), ann)).isNull();
    assertThat(updated.state()).isEqualTo(IncidentState.ACKNOWLEDGED);
    assertThat(updated.handling().acknowledgement()).isEqualTo(ann);
    assertThat(graver.state()).isEqualTo(IncidentState.OPEN);
    assertThat(graver.change()).isEqualTo(IncidentChange.ESCALATED);
    assertThat(graver.handling().acknowledgement()).isNull();
  }

  @Test
  void aTrueVerdictChangesNothingButTheWord() {
    Judgement right = new Judgement(IncidentVerdict.TRUE_POSITIVE, "ann", AT, "");
    Incident open = after(null, finding("principal:k9", AT, 2));

    Incident judged = ledger.judge(open, right);

    assertThat(judged.state()).isEqualTo(IncidentState.OPEN);
    assertThat(judged.change()).isEqualTo(IncidentChange.JUDGED);
    assertThat(judged.handling().judgement()).isEqualTo(right);
  }

  @Test
  void aFalseAlarmIsOverAndWhatFollowsIsCountedInSilenceUntilItIsGraver() {
    Judgement wrong = new Judgement(IncidentVerdict.FALSE_POSITIVE, "ann", AT, "a batch job");
    Incident open = after(null, finding("principal:k9", AT, 2));

    Incident dismissed = ledger.judge(open, wrong);
    Incident more = after(dismissed, finding("principal:k9", AT + DAY, 9));
    Incident graver = after(more, critical(AT + 2 * DAY));

    assertThat(dismissed.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(dismissed.change()).isEqualTo(IncidentChange.JUDGED);
    assertThat(more.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(more.id()).isEqualTo(open.id());
    assertThat(more.findings()).isEqualTo(2);
    assertThat(graver.state()).isEqualTo(IncidentState.OPEN);
    assertThat(graver.change()).isEqualTo(IncidentChange.REOPENED);
    assertThat(graver.handling().judgement()).isEqualTo(wrong);
  }

  @Test
  void aBenignChangeOfAModelSilencesItsOwnSignalAndNoOther() {
    Incident open = after(null, drift(IncidentKind.INPUT_DRIFT, "7", AT, 3));
    Incident benign =
        ledger.judge(open, new Judgement(IncidentVerdict.BENIGN_CHANGE, "ann", AT, "new form"));
    Finding other =
        new Finding(
            "model:fraud-scorer",
            "fraud-scorer",
            "7",
            IncidentKind.INPUT_DRIFT,
            Severity.HIGH,
            AT + HOUR,
            AT,
            41,
            2,
            List.of(Evidence.ofModel("income", 1, "above 100", 0.1, 0.6)));

    assertThat(after(benign, drift(IncidentKind.INPUT_DRIFT, "7", AT + HOUR, 9)).isOpen())
        .isFalse();
    assertThat(after(benign, other).change()).isEqualTo(IncidentChange.REOPENED);
  }

  @Test
  void blindIsNotOverAndEndsWithTheNextFinding() {
    Incident open = after(null, finding("principal:k9", AT, 2));

    Incident blind = ledger.blind(open);

    assertThat(blind.isOpen()).isTrue();
    assertThat(blind.state()).isEqualTo(IncidentState.BLIND);
    assertThat(blind.change()).isEqualTo(IncidentChange.BLINDED);
    assertThat(ledger.blind(blind)).isSameAs(blind);
    assertThat(after(blind, finding("principal:k9", AT + 1, 2)).state())
        .isEqualTo(IncidentState.OPEN);
  }

  private Incident after(Incident current, Finding finding) {
    List<Incident> revisions = ledger.hear(current, finding);
    return revisions.get(revisions.size() - 1);
  }

  private static Finding critical(long atMillis) {
    return new Finding(
        "principal:k9",
        "fraud-scorer",
        "7",
        IncidentKind.EXTRACTION,
        Severity.CRITICAL,
        atMillis,
        atMillis,
        41,
        2,
        List.of());
  }

  private static Finding abuse(IncidentKind kind, long atMillis, double level) {
    return new Finding(
        "principal:k9",
        "fraud-scorer",
        "7",
        kind,
        kind.severity(),
        atMillis,
        atMillis,
        41,
        level,
        List.of());
  }

  private static String[] manyNames(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
  }
}
