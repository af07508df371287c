package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.backtest.BacktestReport.Attack;
import io.inferwarden.app.backtest.BacktestReport.Change;
import io.inferwarden.app.backtest.OpenedIncident.Accusation;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import io.inferwarden.app.backtest.TraceLabels.ModelLabel;
import io.inferwarden.app.backtest.TraceLabels.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacktestScoreTest {
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();
  private final QueryLog log = new QueryLog();
  private final List<OpenedIncident> incidents = new ArrayList<>();
  private final List<AttackLabel> attacks = new ArrayList<>();
  private final List<ModelLabel> models = new ArrayList<>();
  private Map<String, Campaign> campaigns = Map.of();

  /** One query at each of these seconds. */
  private void asks(String principal, int fromSecond, int toSecond) {
    for (int second = fromSecond; second <= toSecond; second++) {
      log.record(principal, "m", second * 1000L);
    }
  }

  private void attacker(String principal, String type, @Nullable String campaign, int fromSecond) {
    attacks.add(new AttackLabel(principal, "m", type, campaign, fromSecond * 1000L, 99_000L, 0));
  }

  private void opens(String subject, int second) {
    opens(subject, second, NONE);
  }

  private void opens(String subject, int second, JsonNode evidence) {
    incidents.add(
        new OpenedIncident(
            "i" + incidents.size(), subject, "m", "extraction", "high", second * 1000L, evidence));
  }

  private BacktestReport score() {
    TraceLabels labels =
        new TraceLabels(attacks, campaigns, Map.of("batch", "nightly-batch"), models);
    return BacktestScore.score(run(), labels);
  }

  private BacktestRun run() {
    return new BacktestRun(100, 2, 4, log, incidents, 1, .4);
  }

  @Test
  void countsQueriesFromTheStartOfTheAttackToTheIncidentInclusive() {
    asks("k", 1, 40);
    attacker("k", "random", null, 11);
    opens("principal:k", 20);

    Attack attack = score().attacks().get(0);

    assertThat(attack.medianQueriesToDetect()).isEqualTo(10);
    assertThat(attack.detected()).isEqualTo(1);
    assertThat(attack.medianFidelityAtDetection()).isNull();
    assertThat(attack.finalFidelity()).isNull();
  }

  @Test
  void anIncidentBeforeTheAttackIsNeitherDetectionNorFalseAlarm() {
    asks("k", 1, 40);
    attacker("k", "random", null, 11);
    opens("principal:k", 5);

    BacktestReport report = score();

    assertThat(report.attacks().get(0).detected()).isZero();
    assertThat(report.attacks().get(0).medianQueriesToDetect()).isNull();
    assertThat(report.principals().falseAlarms()).isZero();
  }

  @Test
  void ofSeveralIncidentsTheFirstAfterTheStartCounts() {
    asks("k", 1, 40);
    attacker("k", "random", null, 11);
    opens("principal:k", 30);
    opens("principal:k", 5);
    opens("principal:k", 15);

    BacktestReport report = score();

    assertThat(report.attacks().get(0).medianQueriesToDetect()).isEqualTo(5);
    assertThat(report.principals().detected()).isEqualTo(1);
    assertThat(report.incidents())
        .extracting(i -> i.openedAt())
        .containsExactly(5000L, 15000L, 30000L);
  }

  @Test
  void anAttackerWithSeveralLabelsIsJudgedByTheEarliest() {
    asks("k", 1, 40);
    attacker("k", "late", null, 30);
    attacker("k", "early", null, 11);
    opens("principal:k", 12);

    List<Attack> found = score().attacks();

    assertThat(found).extracting(Attack::type).containsExactly("early");
    assertThat(found.get(0).medianQueriesToDetect()).isEqualTo(2);
  }

  @Test
  void aCommonCauseFindsTheChangeOfEachModelFromWhenItNamesTheModel() {
    asks("k", 1, 40);
    change("m", Expected.ALERT, 10);
    change("late", Expected.ALERT, 30);
    change("unnamed", Expected.ALERT, 10);
    opens("fleet:amount", 12);
    incidents.set(
        0,
        incidents
            .get(0)
            .naming(
                List.of(),
                List.of(
                    new OpenedIncident.NamedModel("m", 12_000),
                    new OpenedIncident.NamedModel("late", 35_000))));

    List<Change> changes = score().models().changes();

    assertThat(changes).extracting(Change::detected).containsExactly(true, true, false);
    assertThat(changes).extracting(Change::delaySeconds).containsExactly(2.0, 5.0, null);
    assertThat(score().models().falseAlarms()).isZero();
  }

  @Test
  void honestPrincipalsAreAccusedOnceEachByRole() {
    asks("alice", 1, 5);
    asks("batch", 1, 5);
    asks("bob", 1, 5);
    opens("principal:alice", 2);
    opens("principal:alice", 3);
    opens("principal:batch", 4);

    BacktestReport report = score();

    assertThat(report.principals().benign()).isEqualTo(3);
    assertThat(report.principals().falseAlarms()).isEqualTo(2);
    assertThat(report.principals().falseAlarmRoles())
        .isEqualTo(Map.of("people", 1, "nightly-batch", 1));
    assertThat(report.budget().observedFalse()).isEqualTo(2);
  }

  @Test
  void anUndetectedAccountCountsAsInfinitelyLate() {
    for (int account = 0; account < 10; account++) {
      asks("k" + account, 1, 40);
      attacker("k" + account, "ring", null, 1);
      if (account < 6) {
        opens("principal:k" + account, 10 + account);
      }
    }

    Attack ring = score().attacks().get(0);

    assertThat(ring.principals()).isEqualTo(10);
    assertThat(ring.detected()).isEqualTo(6);
    assertThat(ring.medianQueriesToDetect()).isEqualTo(14);
    assertThat(ring.p90QueriesToDetect()).isNull();
  }

  @Test
  void tiesAreNotDoubledAndRanksAreNearest() {
    for (int account = 0; account < 4; account++) {
      asks("k" + account, 1, 40);
      attacker("k" + account, "ring", null, 1);
      opens("principal:k" + account, account < 3 ? 7 : 20);
    }

    Attack ring = score().attacks().get(0);

    assertThat(ring.medianQueriesToDetect()).isEqualTo(7);
    assertThat(ring.p90QueriesToDetect()).isEqualTo(20);
  }

  @Test
  void fidelityIsThatOfTheWholeCampaignWhenTheAccountIsFound() {
    asks("a", 1, 40);
    asks("b", 1, 40);
    attacker("a", "ring", "c", 1);
    attacker("b", "ring", "c", 1);
    campaigns =
        Map.of(
            "c",
            new Campaign(
                "ring",
                2,
                List.of(new Progress(20L, .5), new Progress(40, .7), new Progress(80, .9))));
    opens("principal:a", 10);
    opens("principal:b", 39);

    Attack ring = score().attacks().get(0);

    assertThat(ring.medianFidelityAtDetection()).isEqualTo(.5);
    assertThat(ring.finalFidelity()).isEqualTo(.9);
  }

  @Test
  void fidelityIsUnknownBeforeTheFirstMeasurement() {
    asks("a", 1, 40);
    attacker("a", "random", "c", 1);
    campaigns = Map.of("c", new Campaign("random", 1, List.of(new Progress(20L, .5))));
    opens("principal:a", 19);

    Attack attack = score().attacks().get(0);

    assertThat(attack.medianFidelityAtDetection()).isNull();
    assertThat(attack.finalFidelity()).isEqualTo(.5);
  }

  @Test
  void progressOfAnotherKindIsNotFidelity() {
    asks("a", 1, 40);
    attacker("a", "evasion", "c", 1);
    campaigns = Map.of("c", new Campaign("evasion", 1, List.of(new Progress(5, null))));
    opens("principal:a", 19);

    Attack attack = score().attacks().get(0);

    assertThat(attack.medianFidelityAtDetection()).isNull();
    assertThat(attack.finalFidelity()).isNull();
  }

  @Test
  void membersOfACampaignIncidentAreFoundWhenTheyAreNamed() {
    asks("a", 1, 40);
    asks("alice", 1, 40);
    attacker("a", "ring", null, 1);
    incidents.add(
        new OpenedIncident(
            "c1",
            "campaign:1",
            "m",
            "campaign",
            "high",
            9000,
            NONE,
            List.of(new Accusation("a", 12_000), new Accusation("alice", 9000))));

    BacktestReport report = score();

    assertThat(report.attacks().get(0).medianQueriesToDetect()).isEqualTo(12);
    assertThat(report.principals().falseAlarms()).isEqualTo(1);
  }

  private void change(String model, Expected expected, int second) {
    models.add(new ModelLabel(model, "drift", null, second * 1000L, expected, List.of()));
  }

  @Test
  void aChangeIsFoundByTheFirstIncidentAfterIt() throws Exception {
    asks("k", 1, 40);
    change("m", Expected.ALERT, 10);
    opens("model:m", 25, new ObjectMapper().readTree("[{\"signal\":\"age\"},{\"signal\":\"x\"}]"));

    BacktestReport.Models scored = score().models();

    assertThat(scored.detected()).isEqualTo(1);
    assertThat(scored.falseAlarms()).isZero();
    assertThat(scored.changes())
        .containsExactly(new Change("m", "drift", Expected.ALERT, true, 15.0, 16L, "age", null));
  }

  @Test
  void anIncidentBeforeTheChangeIsAFalseAlarmAndFindsNothing() {
    change("m", Expected.ALERT, 10);
    opens("model:m", 5);
    opens("model:m", 6);

    BacktestReport.Models scored = score().models();

    assertThat(scored.detected()).isZero();
    assertThat(scored.expected()).isEqualTo(1);
    assertThat(scored.falseAlarms()).isEqualTo(1);
  }

  @Test
  void anyIncidentOnAQuietOrExplainedModelIsAFalseAlarm() {
    change("season", Expected.QUIET, 10);
    change("deploy", Expected.EXPLAINED, 10);
    opens("model:season", 5);
    opens("model:deploy", 15);
    opens("model:stranger", 15);

    BacktestReport report = score();

    assertThat(report.models().falseAlarms()).isEqualTo(2);
    assertThat(report.models().quiet()).isEqualTo(1);
    assertThat(report.models().expected()).isZero();
    assertThat(report.models().changes()).allMatch(c -> c.detected() && c.delaySeconds() == null);
    assertThat(report.budget().observedFalse()).isEqualTo(2);
  }

  private void tells(String subject, IncidentKind kind, int second) {
    String id = "i" + incidents.size();
    incidents.add(new OpenedIncident(id, subject, "m", kind.code(), "info", second * 1000L, NONE));
  }

  @Test
  void anIncidentOfANewVersionExplainsADeployAndIsNoFalseAlarm() {
    change("deploy", Expected.EXPLAINED, 10);
    change("untold", Expected.EXPLAINED, 10);
    change("season", Expected.QUIET, 10);
    tells("model:deploy", IncidentKind.VERSION_CHANGED, 10);

    BacktestReport report = score();

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
    change("m", Expected.ALERT, 10);
    change("season", Expected.QUIET, 10);
    tells("model:m", IncidentKind.SLOW_DRIFT, 15);
    tells("model:season", IncidentKind.PROMISE_SUSPENDED, 15);

    BacktestReport.Models scored = score().models();

    assertThat(scored.detected()).isZero();
    assertThat(scored.falseAlarms()).isZero();
  }

  @Test
  void withoutLabelsOnlyTotalsAndIncidentsAreKnown() {
    asks("k", 1, 40);
    opens("principal:k", 5);

    BacktestReport report = BacktestScore.score(run(), null);

    assertThat(report.principals().total()).isEqualTo(1);
    assertThat(report.principals().falseAlarms()).isNull();
    assertThat(report.attacks()).isEmpty();
    assertThat(report.models().changes()).isEmpty();
    assertThat(report.budget().observedFalse()).isNull();
    assertThat(report.incidents()).hasSize(1);
    assertThat(BacktestSummary.text(report)).contains("No labels");
  }

  @Test
  void theReportHasTheFieldsOfTheContract() throws Exception {
    asks("k", 1, 40);
    attacker("k", "random", null, 1);
    change("m", Expected.ALERT, 10);
    opens("principal:k", 8);
    opens("model:m", 12);

    JsonNode json = new ObjectMapper().readTree(score().toJson());

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "events",
            "rejected",
            "seconds",
            "eventsPerSecond",
            "principals",
            "attacks",
            "campaigns",
            "models",
            "budget",
            "incidents");
    assertThat(json.path("eventsPerSecond").asInt()).isEqualTo(25);
    assertThat(json.path("principals").fieldNames())
        .toIterable()
        .containsExactly(
            "total", "attacking", "benign", "detected", "falseAlarms", "falseAlarmRoles");
    assertThat(json.at("/attacks/0").fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "principals",
            "detected",
            "medianQueriesToDetect",
            "p90QueriesToDetect",
            "medianFidelityAtDetection",
            "finalFidelity");
    assertThat(json.path("models").fieldNames())
        .toIterable()
        .containsExactly("expected", "detected", "quiet", "falseAlarms", "changes");
    assertThat(json.at("/models/changes/0").fieldNames())
        .toIterable()
        .containsExactly(
            "model", "change", "expected", "detected", "delaySeconds", "delayEvents", "topCause");
    assertThat(json.at("/models/changes/0/expected").asText()).isEqualTo("alert");
    assertThat(json.path("budget").fieldNames())
        .toIterable()
        .containsExactly("promised", "spent", "observedFalse");
    assertThat(json.at("/incidents/0").fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "subject",
            "model",
            "kind",
            "severity",
            "pages",
            "openedAt",
            "runbook",
            "evidence");
  }

  @Test
  void theSummaryIsAlignedAndPlain() throws Exception {
    asks("k", 1, 40);
    asks("batch", 1, 5);
    attacker("k", "extract_random", null, 1);
    attacker("never", "evasion", null, 1);
    change("m", Expected.ALERT, 10);
    change("season", Expected.QUIET, 10);
    opens("principal:k", 8);
    opens("principal:batch", 8);
    opens("model:m", 130, new ObjectMapper().readTree("[{\"signal\":\"age\"}]"));

    String text = BacktestSummary.text(score());

    assertThat(text)
        .isEqualTo(
            """
            100 events in 4.0 s (25 a second), 2 rejected, 2 principals, 3 incidents
              attack          accounts  found  median queries  p90 queries  copy when found  copy at end
              evasion         1         0      -               -            -                -
              extract_random  1         1      8               8            -                -
            Attackers found: 1 of 1. Wrongly accused: 1 of 1 (1 nightly-batch)
            Model changes found: 1 of 1. False alarms: 0
              model   change  expected  outcome  delay  events  first cause
              m       drift   alert     found    2 min  31      age
              season  drift   quiet     quiet    -      -       -
            Budget: 1.00 false incidents promised, 0.40 spent, 1 seen
            """);
  }
}
