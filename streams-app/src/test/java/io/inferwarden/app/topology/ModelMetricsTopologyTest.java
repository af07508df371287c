package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.demo.DemoSlice;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics of a model say while it is as usual, drifts, and changes its version. */
class ModelMetricsTopologyTest {
  private static final String QUIET_MODEL = "support-triage";
  private static final String DRIFTING_MODEL = "churn-predictor";
  private static final String EVIDENCE = "inferwarden_model_evidence_log10";
  private static final String LINE = "inferwarden_model_alarm_line_log10";
  private static final Instant AFTERWARDS =
      Instant.ofEpochMilli(DemoSlice.START_MILLIS + 3 * DemoSlice.DAY_MILLIS);

  @TempDir Path folder;

  private DrivenTopology topology() {
    return new DrivenTopology(DrivenTopology.defaults(), AFTERWARDS, folder);
  }

  private static Map<String, Double> byLabel(List<Sample> samples, String label) {
    return samples.stream()
        .collect(
            Collectors.toMap(
                sample -> sample.labelValues.get(sample.labelNames.indexOf(label)),
                sample -> sample.value));
  }

  private static double sum(Map<String, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void theEvidenceOfADriftingModelLiesAboveTheAlarmLineWhileItsIncidentGoesOn() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(DRIFTING_MODEL, 0, 48)));
      topology.endOfEvents();

      List<Incident> incidents = topology.incidents();
      Map<String, Double> evidence = byLabel(topology.samples(EVIDENCE), "kind");
      Map<String, Double> lines = byLabel(topology.samples(LINE), "kind");
      assertThat(incidents).extracting(Incident::kind).contains(IncidentKind.INPUT_DRIFT);
      assertThat(evidence.get("input_drift")).isGreaterThan(lines.get("input_drift"));
      assertThat(evidence.keySet())
          .isEqualTo(lines.keySet())
          .contains("input_drift", "output_shift", "model_replaced");
      assertThat(lines.values()).allSatisfy(line -> assertThat(line).isGreaterThan(1));

      Map<String, Double> causes =
          byLabel(topology.samples("inferwarden_model_cause_share"), "cause");
      assertThat(causes).hasSizeBetween(1, 5).containsKey("support_calls");
      assertThat(sum(causes)).isBetween(.5, 1 + 1e-9);
      assertThat(topology.metric("inferwarden_model_events_total", "model", DRIFTING_MODEL))
          .isEqualTo(topology.metric("inferwarden_events_processed_total"));
      assertThat(topology.samples("inferwarden_incidents_opened_total"))
          .anySatisfy(
              opened ->
                  assertThat(opened.labelValues).containsExactly("input_drift", DRIFTING_MODEL));
    }
  }

  @Test
  void aModelAsUsualLiesBelowTheAlarmLineAndItsSharesAreWhole() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 48)));
      topology.endOfEvents();

      Map<String, Double> lines = byLabel(topology.samples(LINE), "kind");
      assertThat(byLabel(topology.samples(EVIDENCE), "kind"))
          .isNotEmpty()
          .allSatisfy((kind, evidence) -> assertThat(evidence).isBetween(0.0, lines.get(kind)));
      Map<String, Double> seen =
          byLabel(topology.samples("inferwarden_model_output_share"), "label");
      Map<String, Double> expected =
          byLabel(topology.samples("inferwarden_model_output_expected_share"), "label");
      assertThat(sum(seen)).isEqualTo(1, within(1e-9));
      assertThat(sum(expected)).isEqualTo(1, within(1e-9));
      assertThat(seen.keySet()).isEqualTo(expected.keySet()).hasSizeBetween(2, 13);
      assertThat(topology.samples("inferwarden_model_version_info")).hasSize(1);
      assertThat(topology.samples("inferwarden_model_version_changed_timestamp_seconds")).isEmpty();
    }
  }

  @Test
  void aNewVersionIsShownBesideTheOldOneWithTheTimeAtWhichItBegan() {
    try (DrivenTopology topology = topology()) {
      topology.accept(
          DemoSlice.merged(
              DemoSlice.of(QUIET_MODEL, 0, 30),
              DemoSlice.ofVersion(DemoSlice.of(QUIET_MODEL, 30, 36), "second")));
      topology.endOfEvents();

      assertThat(byLabel(topology.samples("inferwarden_model_version_info"), "version"))
          .hasSize(2)
          .containsEntry("second", 1.0);
      assertThat(
              topology.metric(
                  "inferwarden_model_version_changed_timestamp_seconds", "model", QUIET_MODEL))
          .isEqualTo((DemoSlice.START_MILLIS + 30 * DemoSlice.HOUR_MILLIS) / 1000.0);
    }
  }

  @Test
  void nothingOfAModelOrAPartitionIsShownOnceItsTaskIsClosed() {
    DrivenTopology topology = topology();
    topology.accept(DemoSlice.merged(DemoSlice.of(DRIFTING_MODEL, 0, 30)));
    topology.endOfEvents();
    assertThat(topology.samples(EVIDENCE)).isNotEmpty();
    assertThat(topology.samples("inferwarden_principals_tracked")).isNotEmpty();
    assertThat(topology.samples("inferwarden_events_waiting")).isNotEmpty();

    topology.close();

    for (String family :
        List.of(
            EVIDENCE,
            LINE,
            "inferwarden_model_cause_share",
            "inferwarden_model_output_share",
            "inferwarden_model_output_expected_share",
            "inferwarden_model_error_ratio",
            "inferwarden_model_version_info",
            "inferwarden_null_mean_likelihood_ratio",
            "inferwarden_promise_suspended",
            "inferwarden_settled_drift_psi",
            "inferwarden_principal_mean_evidence",
            "inferwarden_principals_tracked",
            "inferwarden_events_waiting")) {
      assertThat(topology.samples(family)).as(family).isEmpty();
    }
  }

  @Test
  void promtoolHasNothingToSayOfTheExposition() throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(where -> Files.isExecutable(Path.of(where, "promtool"))),
        "promtool is not installed");
    Path metrics = folder.resolve("metrics.txt");
    Path said = folder.resolve("said.txt");
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(DRIFTING_MODEL, 0, 48)));
      topology.endOfEvents();
      Files.writeString(metrics, topology.exposition());
    }

    int exit =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(metrics.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();

    assertThat(Files.readString(said)).isEmpty();
    assertThat(exit).isZero();
    assertThat(Files.readString(metrics)).contains(EVIDENCE + "{model=\"" + DRIFTING_MODEL);
  }
}
