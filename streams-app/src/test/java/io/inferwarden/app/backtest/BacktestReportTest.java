package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import org.junit.jupiter.api.Test;

class BacktestReportTest {
  private final BacktestFixture run = new BacktestFixture();

  @Test
  void theReportHasTheFieldsOfTheContract() throws Exception {
    run.asks("k", 1, 40);
    run.attacker("k", "random", null, 1);
    run.change("m", Expected.ALERT, 10);
    run.opens("principal:k", 8);
    run.opens("model:m", 12);

    JsonNode json = new ObjectMapper().readTree(run.score().toJson());

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
    run.asks("k", 1, 40);
    run.asks("batch", 1, 5);
    run.attacker("k", "extract_random", null, 1);
    run.attacker("never", "evasion", null, 1);
    run.change("m", Expected.ALERT, 10);
    run.change("season", Expected.QUIET, 10);
    run.opens("principal:k", 8);
    run.opens("principal:batch", 8);
    run.opens("model:m", 130, new ObjectMapper().readTree("[{\"signal\":\"age\"}]"));

    String text = BacktestSummary.text(run.score());

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
