package io.inferwarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.app.InferwardenApp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code alerts route} and {@code policy check} say of a configuration's alerts. */
class AlertsRouteCommandTest {
  private static final String CONFIG =
      """
      alerts:
        sinks:
          - {name: pager, type: pagerduty, routingKeyEnv: PD}
          - {name: soc, type: file, file: soc.jsonl}
        route:
          routes:
            - {name: abuse, match: {budgets: [principals, campaigns]}, sinks: [pager]}
            - {name: drift, match: {kinds: input_drift, models: fraud-*}, sinks: [soc]}
        maintenance:
          - {name: move, match: {models: fraud-*}, from: 2026-11-22T22:00:00Z, to: 2026-11-23T00:00:00Z, reason: new cluster}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path config = Path.of("unset");

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(folder.resolve("run.yaml"), CONFIG);
  }

  @Test
  void saysWhereAnIncidentGoesAndWhy() throws IOException {
    int exitCode =
        route(incident(IncidentKind.INPUT_DRIFT, "fraud-\u001b[31m"), "2026-11-22T12:00:00Z");

    assertThat(exitCode).isEqualTo(ExitCodes.DONE);
    assertThat(out.toString().lines())
        .containsExactly(
            "inc_1: input_drift (high) about model:fraud-\\u{1b}[31m, model fraud-\\u{1b}[31m",
            "  route root takes it (every incident) and leads it on",
            "    route abuse does not take it: its budget is models, not principals or campaigns",
            "    route drift takes it (kind input_drift, model fraud-*): soc",
            "  to sink soc by root/drift",
            "  to sink file: sink file is told everything");
  }

  @Test
  void saysWhatIsHeldBackAtThatTime() throws IOException {
    route(incident(IncidentKind.INPUT_DRIFT, "fraud-eu"), "2026-11-22T23:00:00Z");

    assertThat(out.toString())
        .contains(
            "to sink soc by root/drift, but not now: maintenance move until 2026-11-23T00:00:00Z:"
                + " new cluster");
  }

  @Test
  void failsWhereAnIncidentThatPagesReachesNobody() throws IOException {
    int exitCode = route(incident(IncidentKind.INPUT_DRIFT, "chat"), "2026-11-22T12:00:00Z");

    assertThat(exitCode).isEqualTo(ExitCodes.CHECK_FAILED);
    assertThat(out.toString())
        .endsWith("  nobody is told, though it pages" + System.lineSeparator());
  }

  @Test
  void saysWhichLineIsNoIncident() throws IOException {
    Path file = Files.writeString(folder.resolve("incident.json"), "\n{}\n");

    int exitCode =
        run("alerts", "route", "--config", config.toString(), "--incident", file.toString());

    assertThat(exitCode).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString()).contains(file + ":2: is no incident: ");
  }

  @Test
  void policyCheckExplainsTheAlertsOfAConfigurationAndFindsItsHoles() {
    int exitCode = run("policy", "check", config.toString());

    assertThat(exitCode).isEqualTo(ExitCodes.DONE);
    assertThat(out.toString().lines())
        .contains(
            "Its alerts:",
            "  sink pager: pagerduty, told the latest of each incident, as much as there is; what"
                + " it does not take is tried for 24h",
            "    route drift: kind input_drift, model fraud-* goes to soc");
    assertThat(err.toString())
        .contains("warning: " + config + ": nobody is told of detector_flooded, input_drift,");
  }

  private int route(Incident incident, String at) throws IOException {
    Path file = Files.write(folder.resolve("incident.json"), IncidentJson.toJson(incident));
    return run(
        "alerts",
        "route",
        "--config",
        config.toString(),
        "--incident",
        file.toString(),
        "--at",
        at);
  }

  private int run(String... words) {
    return InferwardenApp.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(words);
  }

  private static Incident incident(IncidentKind kind, String model) {
    return new Incident(
        "inc_1",
        1,
        IncidentState.OPEN,
        Handling.OPENED,
        "model:" + model,
        model,
        "7",
        kind,
        kind.severity(),
        0,
        0,
        0,
        1,
        10,
        2.5,
        Chance.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        0,
        "Title",
        "Summary.");
  }
}
