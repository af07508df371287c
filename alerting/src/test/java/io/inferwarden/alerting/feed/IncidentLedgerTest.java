package io.inferwarden.alerting.feed;

import static io.inferwarden.alerting.Examples.AT;
import static io.inferwarden.alerting.Examples.MINUTE;
import static io.inferwarden.alerting.Examples.drift;
import static io.inferwarden.alerting.Examples.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import java.time.Duration;
import java.util.List;
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
                + " copies the model, looks for inputs that fool it, or tests what it was trained on"
                + " (since 2026-03-02 14:01 UTC, 1 minute before the alarm, 41 queries judged). Strongest reason: probing:"
                + " 41 % of its queries had in the most extreme 1 %, where 1 % are usual; carries 63 % of"
                + " the evidence. Look at who owns the account and whether this use was agreed; if"
                + " not, limit its rate or revoke its key.");
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
        .isEqualTo("principal:k9|fraud-scorer|extraction");
    assertThat(IncidentLedger.key(odd))
        .isEqualTo("principal:a%7Cfraud-scorer|fraud-scorer|extraction");
    assertThat(IncidentLedger.key(ledger.apply(null, odd))).isEqualTo(IncidentLedger.key(odd));
  }

  @Test
  void refusesAFindingOfAnotherIncidentAndAnEmptyQuietPeriod() {
    Incident current = ledger.apply(null, finding("principal:k9", AT, 1));

    assertThatThrownBy(() -> ledger.apply(current, finding("principal:k8", AT, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IncidentLedger(Duration.ZERO))
        .hasMessage("quietPeriod must be > 0, was PT0S");
  }
}
