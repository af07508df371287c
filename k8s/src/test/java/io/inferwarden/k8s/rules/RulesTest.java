package io.inferwarden.k8s.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.k8s.process.Promtool;
import io.inferwarden.k8s.rules.RuleFiles.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  private static final String RUNBOOKS =
      "https://github.com/inferwarden/inferwarden/blob/main/docs/runbooks/";
  private static final String ALWAYS_FIRES = "InferwardenWatchdog";

  static List<Alert> alerts() throws IOException {
    return RuleFiles.alerts();
  }

  @Test
  void promtoolFindsTheRulesSound() throws Exception {
    Promtool.run(
        "check",
        "rules",
        "--lint-fatal",
        RuleFiles.alertsFile().toString(),
        RuleFiles.recordingFile().toString());
  }

  @Test
  void promtoolFindsTheAlertsFireWhenTheyShouldAndOnlyThen() throws Exception {
    List<String> command = new ArrayList<>(List.of("test", "rules"));
    RuleFiles.promtoolTests().forEach(file -> command.add(file.toString()));

    Promtool.run(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertSaysHowGraveItIsWhatItMeansAndWhereToReadOn(Alert alert) {
    assertThat(alert.name()).matches("Inferwarden([A-Z][a-z]+)+");
    assertThat(alert.severity()).isIn("critical", "warning", "info");
    assertThat(alert.summary()).endsWith(".").doesNotContain("{{");
    assertThat(alert.description()).endsWith(".").contains(" ");
    assertThat(alert.runbookUrl()).isEqualTo(RUNBOOKS + page(alert.name()));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertHasARunbookThatNamesItAndSaysWhomToWake(Alert alert) throws IOException {
    Path folder = RuleFiles.repository().resolve("docs/runbooks");
    String runbook = Files.readString(folder.resolve(page(alert.name())));

    assertThat(runbook).contains("Alert `" + alert.name() + "`, " + alert.severity() + ".");
    assertThat(Files.readString(folder.resolve("README.md")))
        .contains(
            "| [" + alert.name() + "](" + page(alert.name()) + ") | " + alert.severity() + " | ");
  }

  @Test
  void everyRunbookOfThePlatformHasAnAlert() throws IOException {
    List<String> known = alerts().stream().map(alert -> page(alert.name())).sorted().toList();

    try (Stream<Path> files = Files.list(RuleFiles.repository().resolve("docs/runbooks"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("platform-"))
                  .sorted())
          .containsExactlyElementsOf(known);
    }
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void promtoolIsAskedWhenAnAlertFiresWithWhichWordsAndWhenNot(Alert alert) throws IOException {
    List<JsonNode> asked = new ArrayList<>();
    for (Path file : RuleFiles.promtoolTests()) {
      for (JsonNode test : RuleFiles.read(file).path("tests")) {
        test.path("alert_rule_test").forEach(asked::add);
      }
    }
    asked.removeIf(one -> !one.path("alertname").asText().equals(alert.name()));

    assertThat(asked)
        .anySatisfy(
            one -> {
              JsonNode expected = one.path("exp_alerts").path(0);
              assertThat(expected.path("exp_labels").path("severity").asText())
                  .isEqualTo(alert.severity());
              assertThat(expected.path("exp_annotations").path("description").asText())
                  .isNotBlank()
                  .doesNotContain("{{");
            });
    if (!alert.name().equals(ALWAYS_FIRES)) {
      assertThat(asked.stream().filter(one -> one.path("exp_alerts").isEmpty()).count())
          .as("quiet just before it fires, and where nothing is wrong")
          .isGreaterThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertIsMadeToFireByBreakingARealProcess(Alert alert) throws IOException {
    Path tests = RuleFiles.repository().resolve("k8s/src/test/java/io/inferwarden/k8s/rules");
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.list(tests)) {
      for (Path file : files.filter(each -> each.toString().endsWith("FireIT.java")).toList()) {
        code.append(Files.readString(file));
      }
    }

    assertThat(code).contains('"' + alert.name() + '"');
  }

  @Test
  void rulesNameOnlyMetricsThatThePlatformShows() throws IOException {
    Set<String> known = KnownMetrics.names();
    List<JsonNode> rules = new ArrayList<>(RuleFiles.rules(RuleFiles.alertsFile()));
    rules.addAll(RuleFiles.rules(RuleFiles.recordingFile()));
    rules.forEach(rule -> known.add(rule.path("record").asText()));

    Set<String> unknown = new TreeSet<>();
    rules.forEach(rule -> unknown.addAll(RuleFiles.metricsIn(rule.path("expr").asText())));
    unknown.removeAll(known);

    assertThat(unknown).isEmpty();
  }

  @Test
  void recordedNamesAreLevelMetricOperation() throws IOException {
    assertThat(RuleFiles.rules(RuleFiles.recordingFile()))
        .isNotEmpty()
        .allSatisfy(
            rule ->
                assertThat(rule.path("record").asText())
                    .matches("job(_[a-z]+)?:inferwarden_[a-z_]+:[a-z0-9_]+"));
  }

  private static String page(String alert) {
    return "platform-"
        + alert
            .substring("Inferwarden".length())
            .replaceAll("(?<!^)([A-Z])", "-$1")
            .toLowerCase(Locale.ROOT)
        + ".md";
  }
}
