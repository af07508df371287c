package io.inferwarden.alerting.feed;

import static io.inferwarden.alerting.Examples.AT;
import static io.inferwarden.alerting.Examples.MINUTE;
import static io.inferwarden.alerting.Examples.campaign;
import static io.inferwarden.alerting.Examples.drift;
import static io.inferwarden.alerting.Examples.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentLedgerTest {
  private static final long DAY = 24 * 60 * MINUTE;
  private final IncidentLedger ledger = new IncidentLedger();

  @Test
  void theFirstFindingOpensAnIncidentInPlainWords() {
    Incident incident = ledger.apply(null, finding("principal:k9", AT, 2));

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
    Incident first = ledger.apply(null, finding("principal:k9", AT, 2));

    Incident second = ledger.apply(first, finding("principal:k9", AT + DAY, 3));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.findings()).isEqualTo(2);
    assertThat(second.openedAtMillis()).isEqualTo(AT);
    assertThat(second.lastSeenAtMillis()).isEqualTo(AT + DAY);
    assertThat(second.onsetMillis()).isEqualTo(first.onsetMillis());
  }

  @Test
  void aFindingAfterTheQuietPeriodOpensANewIncident() {
    Incident first = ledger.apply(null, finding("principal:k9", AT, 2));

    Incident second = ledger.apply(first, finding("principal:k9", AT + DAY + 1, 2));

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.revision()).isEqualTo(1);
    assertThat(ledger.isOver(first, AT + DAY)).isFalse();
    assertThat(ledger.isOver(first, AT + DAY + 1)).isTrue();
  }

  @Test
  void aLateFindingNeverMovesTheLatestTimeBackwards() {
    Incident first = ledger.apply(null, finding("principal:k9", AT, 2));

    Incident second = ledger.apply(first, finding("principal:k9", AT - 3 * DAY, 2));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.lastSeenAtMillis()).isEqualTo(AT);
    assertThat(second.onsetMillis()).isEqualTo(AT - 3 * DAY - MINUTE);
  }

  @Test
  void theStrongestFindingGivesTheReasonsAndTheGravestTheSeverity() {
    Incident strong = ledger.apply(null, finding("principal:k9", AT, 5));
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

    Incident incident = ledger.apply(strong, weak);

    assertThat(incident.evidence()).isEqualTo(strong.evidence());
    assertThat(incident.level()).isEqualTo(5);
    assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(incident.version()).isEqualTo("8");
    assertThat(incident.events()).isEqualTo(50);
  }

  @Test
  void anAlarmKeepsHowSureItsStrongestFindingWas() {
    Incident strong = ledger.apply(null, drift(IncidentKind.INPUT_DRIFT, "7", AT, 5));

    Incident incident = ledger.apply(strong, drift(IncidentKind.INPUT_DRIFT, "7", AT + 1, 2));

    assertThat(incident.chanceOnceInMillis()).isEqualTo(strong.chanceOnceInMillis());
    assertThat(incident.level()).isEqualTo(5);
  }

  @Test
  void aReportOfAStateTellsItsLatestNumbers() {
    Incident first = ledger.apply(null, drift(IncidentKind.VERSION_CHANGED, "8", AT, 50));

    Incident second =
        ledger.apply(first, drift(IncidentKind.VERSION_CHANGED, "8", AT + MINUTE, 0.5));
    Incident third = ledger.apply(second, drift(IncidentKind.VERSION_CHANGED, "8", AT, 9));

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
    assertThat(ledger.apply(null, eight).id()).isNotEqualTo(ledger.apply(null, nine).id());
    assertThat(IncidentLedger.key(drift(IncidentKind.INPUT_DRIFT, "8", AT, 1)))
        .isEqualTo(IncidentLedger.key(drift(IncidentKind.INPUT_DRIFT, "9", AT, 1)));
  }

  @Test
  void timeAloneResolvesWhatIsOverOnce() {
    Incident open = ledger.apply(null, finding("principal:k9", AT, 2));

    Incident resolved = ledger.resolveIfOver(open, AT + DAY + 1);

    assertThat(ledger.resolveIfOver(open, AT + DAY)).isNull();
    assertThat(resolved).isEqualTo(ledger.resolve(open));
    assertThat(ledger.resolveIfOver(ledger.resolve(open), AT + 9 * DAY)).isNull();
  }

  @Test
  void resolvingIsARevisionAndHappensOnce() {
    Incident open = ledger.apply(null, finding("principal:k9", AT, 2));

    Incident resolved = ledger.resolve(open);

    assertThat(resolved.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(resolved.revision()).isEqualTo(2);
    assertThat(ledger.resolve(resolved)).isSameAs(resolved);
  }

  @Test
  void aLateFindingOpensAResolvedIncidentAgainInsteadOfRepeatingItsId() {
    Finding finding = finding("principal:k9", AT, 2);
    Incident resolved = ledger.resolve(ledger.apply(null, finding));

    Incident again = ledger.apply(resolved, finding);

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
    assertThat(IncidentLedger.key(ledger.apply(null, odd))).isEqualTo(IncidentLedger.key(odd));
  }

  @Test
  void abuseTakesTheKindOfItsStrongestFindingAndKeepsItsIdAndSeverity() {
    Incident first = ledger.apply(null, abuse(IncidentKind.EXTRACTION, AT, 2));

    Incident weaker = ledger.apply(first, abuse(IncidentKind.EVASION, AT + 1, 1));
    Incident clearer = ledger.apply(weaker, abuse(IncidentKind.FUZZING, AT + 2, 2));

    assertThat(weaker.kind()).isEqualTo(IncidentKind.EXTRACTION);
    assertThat(clearer.kind()).isEqualTo(IncidentKind.FUZZING);
    assertThat(clearer.title()).isEqualTo("Fuzzing, principal k9 on fraud-scorer");
    assertThat(clearer.id()).isEqualTo(first.id());
    assertThat(clearer.revision()).isEqualTo(3);
    assertThat(clearer.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void aTicketBecomesAnAlarmAndNeverTheOtherWayRound() {
    Incident ticket = ledger.apply(null, abuse(IncidentKind.SCRIPTED_USE, AT, 9));

    Incident alarm = ledger.apply(ticket, abuse(IncidentKind.EXTRACTION, AT + 1, 2));
    Incident later = ledger.apply(alarm, abuse(IncidentKind.SCRIPTED_USE, AT + 2, 50));

    assertThat(ticket.pages()).isFalse();
    assertThat(alarm.pages()).isTrue();
    assertThat(alarm.level()).isEqualTo(2);
    assertThat(later.kind()).isEqualTo(IncidentKind.EXTRACTION);
    assertThat(later.level()).isEqualTo(2);
    assertThat(later.findings()).isEqualTo(3);
  }

  @Test
  void aCampaignKeepsItsMembersInTheOrderOfNamingAndTheTimeOfEach() {
    Incident first = ledger.apply(null, campaign(IncidentKind.EXTRACTION, AT, 5, "a", "b", "c"));

    Incident second =
        ledger.apply(first, campaign(IncidentKind.EXTRACTION, AT + 1, 1, "d", "c", "a"));

    assertThat(second.members())
        .extracting(Member::principal, Member::sinceMillis)
        .containsExactly(tuple("a", AT), tuple("c", AT), tuple("d", AT + 1));
    assertThat(second.memberCount()).isEqualTo(3);
    assertThat(second.level()).isEqualTo(5);
  }

  @Test
  void lateAndMemberlessFindingsLeaveTheMembersAsTheyAre() {
    Incident first = ledger.apply(null, campaign(IncidentKind.EXTRACTION, AT, 2, "a", "b"));

    Incident late = ledger.apply(first, campaign(IncidentKind.EXTRACTION, AT - 1, 9, "z"));
    Incident none = ledger.apply(late, campaign(IncidentKind.EXTRACTION, AT + 1, 9));

    assertThat(none.members()).isEqualTo(first.members());
    assertThat(none.memberCount()).isEqualTo(2);
    assertThat(ledger.resolve(none).members()).isEqualTo(first.members());
  }

  @Test
  void anIncidentThatTurnsOutToBeACampaignNamesItsMembersFromThenOn() {
    Incident alone = ledger.apply(null, campaign(IncidentKind.EXTRACTION, AT, 9));

    Incident campaign =
        ledger.apply(alone, campaign(IncidentKind.EXTRACTION, AT - 1, 2, manyNames(12)));

    assertThat(campaign.memberCount()).isEqualTo(12);
    assertThat(campaign.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(campaign.title())
        .isEqualTo("Model abuse: extraction or probing, campaign of 12 accounts on fraud-scorer");
  }

  @Test
  void refusesAFindingOfAnotherIncidentAndAnEmptyQuietPeriod() {
    Incident current = ledger.apply(null, finding("principal:k9", AT, 1));

    assertThatThrownBy(() -> ledger.apply(current, finding("principal:k8", AT, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IncidentLedger(Duration.ZERO))
        .hasMessage("quietPeriod must be > 0, was PT0S");
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
