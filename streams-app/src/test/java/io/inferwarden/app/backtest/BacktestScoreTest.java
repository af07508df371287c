package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.backtest.BacktestReport.Attack;
import io.inferwarden.app.backtest.BacktestReport.Change;
import io.inferwarden.app.backtest.OpenedIncident.Accusation;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import io.inferwarden.app.backtest.TraceLabels.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacktestScoreTest {
  private final BacktestFixture run = new BacktestFixture();

  @Test
  void countsQueriesFromTheStartOfTheAttackToTheIncidentInclusive() {
    run.asks("k", 1, 40);
    run.attacker("k", "random", null, 11);
    run.opens("principal:k", 20);

    Attack attack = run.score().attacks().get(0);

    assertThat(attack.medianQueriesToDetect()).isEqualTo(10);
    assertThat(attack.detected()).isEqualTo(1);
    assertThat(attack.medianFidelityAtDetection()).isNull();
    assertThat(attack.finalFidelity()).isNull();
  }

  @Test
  void anIncidentBeforeTheAttackIsNeitherDetectionNorFalseAlarm() {
    run.asks("k", 1, 40);
    run.attacker("k", "random", null, 11);
    run.opens("principal:k", 5);

    BacktestReport report = run.score();

    assertThat(report.attacks().get(0).detected()).isZero();
    assertThat(report.attacks().get(0).medianQueriesToDetect()).isNull();
    assertThat(report.principals().falseAlarms()).isZero();
  }

  @Test
  void ofSeveralIncidentsTheFirstAfterTheStartCounts() {
    run.asks("k", 1, 40);
    run.attacker("k", "random", null, 11);
    run.opens("principal:k", 30);
    run.opens("principal:k", 5);
    run.opens("principal:k", 15);

    BacktestReport report = run.score();

    assertThat(report.attacks().get(0).medianQueriesToDetect()).isEqualTo(5);
    assertThat(report.principals().detected()).isEqualTo(1);
    assertThat(report.incidents())
        .extracting(i -> i.openedAt())
        .containsExactly(5000L, 15000L, 30000L);
  }

  @Test
  void anAttackerWithSeveralLabelsIsJudgedByTheEarliest() {
    run.asks("k", 1, 40);
    run.attacker("k", "late", null, 30);
    run.attacker("k", "early", null, 11);
    run.opens("principal:k", 12);

    List<Attack> found = run.score().attacks();

    assertThat(found).extracting(Attack::type).containsExactly("early");
    assertThat(found.get(0).medianQueriesToDetect()).isEqualTo(2);
  }

  @Test
  void aCommonCauseFindsTheChangeOfEachModelFromWhenItNamesTheModel() {
    run.asks("k", 1, 40);
    run.change("m", Expected.ALERT, 10);
    run.change("late", Expected.ALERT, 30);
    run.change("unnamed", Expected.ALERT, 10);
    run.opens("fleet:amount", 12);
    run.incidents.set(
        0,
        run.incidents
            .get(0)
            .naming(
                List.of(),
                List.of(
                    new OpenedIncident.NamedModel("m", 12_000),
                    new OpenedIncident.NamedModel("late", 35_000))));

    List<Change> changes = run.score().models().changes();

    assertThat(changes).extracting(Change::detected).containsExactly(true, true, false);
    assertThat(changes).extracting(Change::delaySeconds).containsExactly(2.0, 5.0, null);
    assertThat(run.score().models().falseAlarms()).isZero();
  }

  @Test
  void honestPrincipalsAreAccusedOnceEachByRole() {
    run.asks("alice", 1, 5);
    run.asks("batch", 1, 5);
    run.asks("bob", 1, 5);
    run.opens("principal:alice", 2);
    run.opens("principal:alice", 3);
    run.opens("principal:batch", 4);

    BacktestReport report = run.score();

    assertThat(report.principals().benign()).isEqualTo(3);
    assertThat(report.principals().falseAlarms()).isEqualTo(2);
    assertThat(report.principals().falseAlarmRoles())
        .isEqualTo(Map.of("people", 1, "nightly-batch", 1));
    assertThat(report.budget().observedFalse()).isEqualTo(2);
  }

  @Test
  void anUndetectedAccountCountsAsInfinitelyLate() {
    for (int account = 0; account < 10; account++) {
      run.asks("k" + account, 1, 40);
      run.attacker("k" + account, "ring", null, 1);
      if (account < 6) {
        run.opens("principal:k" + account, 10 + account);
      }
    }

    Attack ring = run.score().attacks().get(0);

    assertThat(ring.principals()).isEqualTo(10);
    assertThat(ring.detected()).isEqualTo(6);
    assertThat(ring.medianQueriesToDetect()).isEqualTo(14);
    assertThat(ring.p90QueriesToDetect()).isNull();
  }

  @Test
  void tiesAreNotDoubledAndRanksAreNearest() {
    for (int account = 0; account < 4; account++) {
      run.asks("k" + account, 1, 40);
      run.attacker("k" + account, "ring", null, 1);
      run.opens("principal:k" + account, account < 3 ? 7 : 20);
    }

    Attack ring = run.score().attacks().get(0);

    assertThat(ring.medianQueriesToDetect()).isEqualTo(7);
    assertThat(ring.p90QueriesToDetect()).isEqualTo(20);
  }

  @Test
  void fidelityIsThatOfTheWholeCampaignWhenTheAccountIsFound() {
    run.asks("a", 1, 40);
    run.asks("b", 1, 40);
    run.attacker("a", "ring", "c", 1);
    run.attacker("b", "ring", "c", 1);
    run.campaigns =
        Map.of(
            "c",
            new Campaign(
                "ring",
                2,
                List.of(new Progress(20L, .5), new Progress(40, .7), new Progress(80, .9))));
    run.opens("principal:a", 10);
    run.opens("principal:b", 39);

    Attack ring = run.score().attacks().get(0);

    assertThat(ring.medianFidelityAtDetection()).isEqualTo(.5);
    assertThat(ring.finalFidelity()).isEqualTo(.9);
  }

  @Test
  void fidelityIsUnknownBeforeTheFirstMeasurement() {
    run.asks("a", 1, 40);
    run.attacker("a", "random", "c", 1);
    run.campaigns = Map.of("c", new Campaign("random", 1, List.of(new Progress(20L, .5))));
    run.opens("principal:a", 19);

    Attack attack = run.score().attacks().get(0);

    assertThat(attack.medianFidelityAtDetection()).isNull();
    assertThat(attack.finalFidelity()).isEqualTo(.5);
  }

  @Test
  void progressOfAnotherKindIsNotFidelity() {
    run.asks("a", 1, 40);
    run.attacker("a", "evasion", "c", 1);
    run.campaigns = Map.of("c", new Campaign("evasion", 1, List.of(new Progress(5, null))));
    run.opens("principal:a", 19);

    Attack attack = run.score().attacks().get(0);

    assertThat(attack.medianFidelityAtDetection()).isNull();
    assertThat(attack.finalFidelity()).isNull();
  }

  @Test
  void membersOfACampaignIncidentAreFoundWhenTheyAreNamed() {
    run.asks("a", 1, 40);
    run.asks("alice", 1, 40);
    run.attacker("a", "ring", null, 1);
    run.incidents.add(
        new OpenedIncident(
            "c1",
            "campaign:1",
            "m",
            "campaign",
            "high",
            9000,
            BacktestFixture.NONE,
            List.of(new Accusation("a", 12_000), new Accusation("alice", 9000))));

    BacktestReport report = run.score();

    assertThat(report.attacks().get(0).medianQueriesToDetect()).isEqualTo(12);
    assertThat(report.principals().falseAlarms()).isEqualTo(1);
  }

  @Test
  void aChangeIsFoundByTheFirstIncidentAfterIt() throws Exception {
    run.asks("k", 1, 40);
    run.change("m", Expected.ALERT, 10);
    run.opens(
        "model:m", 25, new ObjectMapper().readTree("[{\"signal\":\"age\"},{\"signal\":\"x\"}]"));

    BacktestReport.Models scored = run.score().models();

    assertThat(scored.detected()).isEqualTo(1);
    assertThat(scored.falseAlarms()).isZero();
    assertThat(scored.changes())
        .containsExactly(new Change("m", "drift", Expected.ALERT, true, 15.0, 16L, "age", null));
  }

  @Test
  void anIncidentBeforeTheChangeIsAFalseAlarmAndFindsNothing() {
    run.change("m", Expected.ALERT, 10);
    run.opens("model:m", 5);
    run.opens("model:m", 6);

    BacktestReport.Models scored = run.score().models();

    assertThat(scored.detected()).isZero();
    assertThat(scored.expected()).isEqualTo(1);
    assertThat(scored.falseAlarms()).isEqualTo(1);
  }

  @Test
  void anyIncidentOnAQuietOrExplainedModelIsAFalseAlarm() {
    run.change("season", Expected.QUIET, 10);
    run.change("deploy", Expected.EXPLAINED, 10);
    run.opens("model:season", 5);
    run.opens("model:deploy", 15);
    run.opens("model:stranger", 15);

    BacktestReport report = run.score();

    assertThat(report.models().falseAlarms()).isEqualTo(2);
    assertThat(report.models().quiet()).isEqualTo(1);
    assertThat(report.models().expected()).isZero();
    assertThat(report.models().changes()).allMatch(c -> c.detected() && c.delaySeconds() == null);
    assertThat(report.budget().observedFalse()).isEqualTo(2);
  }

  @Test
  void anIncidentOfANewVersionExplainsADeployAndIsNoFalseAlarm() {
    run.change("deploy", Expected.EXPLAINED, 10);
    run.change("untold", Expected.EXPLAINED, 10);
    run.change("season", Expected.QUIET, 10);
    run.tells("model:deploy", IncidentKind.VERSION_CHANGED, 10);

    BacktestReport report = run.score();

    assertThat(report.models().changes())
        .extracting(Change::explained)
        .containsExactly(true, false, null);
    assertThat(report.models().changes()).noneMatch(Change::detected);
    assertThat(report.models().falseAlarms()).isZero();
    assertThat(BacktestSummary.text(report)).contains("explained  explained");
    assertThat(report.toJson()).containsOnlyOnce("\"explained\" : true");
  }

  @Test
  void incidentsThatDoNotPageNeitherFindNorAccuse() {
    run.change("m", Expected.ALERT, 10);
    run.change("season", Expected.QUIET, 10);
    run.tells("model:m", IncidentKind.SLOW_DRIFT, 15);
    run.tells("model:season", IncidentKind.PROMISE_SUSPENDED, 15);

    BacktestReport.Models scored = run.score().models();

    assertThat(scored.detected()).isZero();
    assertThat(scored.falseAlarms()).isZero();
  }

  @Test
  void withoutLabelsOnlyTotalsAndIncidentsAreKnown() {
    run.asks("k", 1, 40);
    run.opens("principal:k", 5);

    BacktestReport report = BacktestScore.score(run.run(), null);

    assertThat(report.principals().total()).isEqualTo(1);
    assertThat(report.principals().falseAlarms()).isNull();
    assertThat(report.attacks()).isEmpty();
    assertThat(report.models().changes()).isEmpty();
    assertThat(report.budget().observedFalse()).isNull();
    assertThat(report.incidents()).hasSize(1);
    assertThat(BacktestSummary.text(report)).contains("No labels");
  }
}
