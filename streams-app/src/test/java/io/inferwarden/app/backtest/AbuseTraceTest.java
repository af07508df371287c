package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.app.backtest.BacktestReport.Attack;
import io.inferwarden.app.backtest.BacktestReport.ReportedCampaign;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyFile;
import io.inferwarden.app.settings.SettingsOf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The labelled traces of attacks, through the whole platform. Skipped without the shared folder.
 */
class AbuseTraceTest {
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final int LATE_QUERIES = 150;

  private static BacktestReport backtest(String trace, Duration learning, List<String> probers)
      throws IOException, InterruptedException {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "none"), "traces");
    Path events = traces.resolve(trace + ".jsonl.gz");
    assumeThat(events).exists();
    TraceLabels labels = TraceLabels.read(traces.resolve(trace + ".labels.json"));
    StringBuilder yaml = new StringBuilder("declared:\n");
    labels
        .roles()
        .forEach(
            (principal, role) -> {
              if (probers.contains(role)) {
                yaml.append("  - {principal: ")
                    .append(principal)
                    .append(", role: prober, owner: tests, until: 2027-01-01, reason: labelled}\n");
              }
            });
    Policy policy =
        probers.isEmpty() ? Policy.defaults() : PolicyFile.parse("policy.yaml", yaml.toString());
    Policy learned = policy.withLearning(learning);
    try (BacktestDriver driver =
        new BacktestDriver(
            SettingsOf.policy(learned, 1, false), learned, List.of(), LATER, incident -> {})) {
      driver.acceptAll(List.of(events), (lines, fraction) -> {});
      return BacktestScore.score(driver.result(1), labels);
    }
  }

  private static ReportedCampaign ring(BacktestReport report, String attack) {
    return report.campaigns().stream()
        .filter(campaign -> campaign.attack().equals(attack))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"pendigits-mlp-s11, 4", "adult-logreg-s12, 4", "digits-rf-s13, 4"})
  void thievesOfAClassifierAreFoundAndTheHonestLeftAlone(String trace, int most) throws Exception {
    BacktestReport report = backtest(trace, Duration.ofHours(24), List.of());

    assertThat(report.principals().detected()).isGreaterThanOrEqualTo(113);
    assertThat(report.principals().falseAlarms()).isLessThanOrEqualTo(most);
    List<Long> queries =
        report.attacks().stream()
            .filter(attack -> attack.principals() == 1)
            .map(Attack::medianQueriesToDetect)
            .map(count -> count == null ? Long.MAX_VALUE : count)
            .sorted()
            .toList();
    assertThat((queries.get(6) + queries.get(7)) / 2.0).isLessThanOrEqualTo(25);
    assertThat(queries).filteredOn(count -> count > LATE_QUERIES).hasSizeLessThanOrEqualTo(3);
    for (String attack : List.of("extract_jbda_sybil", "extract_active_sybil")) {
      ReportedCampaign ring = ring(report, attack);
      assertThat(ring.namedByIncident()).as(attack).isGreaterThanOrEqualTo(48);
      assertThat(ring.strangers()).as(attack).isLessThanOrEqualTo(ring.namedByIncident() / 18);
      assertThat(ring.fidelityAtDetection()).isNotNull();
    }
  }

  @Test
  void declaredProbersAreNotAccused() throws Exception {
    BacktestReport report =
        backtest(
            "pendigits-mlp-s11", Duration.ofHours(24), List.of("whatif-analyst", "explainer-job"));

    assertThat(report.principals().detected()).isGreaterThanOrEqualTo(113);
    assertThat(report.principals().falseAlarms()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "llm-conv-24h-s52, PT6H, 9",
    "llm-conv-1h-s51, PT15M, 9",
    "llm-mcsyn-1h-s53, PT4M, 8"
  })
  void abuseOfAChatModelIsFoundAndTheHonestLeftAlone(String trace, Duration learning, int singles)
      throws Exception {
    BacktestReport report = backtest(trace, learning, List.of("moderation-team", "eval-harness"));

    int found =
        report.attacks().stream()
            .filter(attack -> !attack.type().endsWith("_sybil"))
            .mapToInt(Attack::detected)
            .sum();
    assertThat(found).isGreaterThanOrEqualTo(singles);
    assertThat(report.principals().falseAlarms()).isLessThanOrEqualTo(4);
    assertThat(ring(report, "injection_sybil").namedByIncident()).isGreaterThanOrEqualTo(11);
    ReportedCampaign distillation = ring(report, "distillation_sybil");
    assertThat(distillation.namedByIncident()).isGreaterThanOrEqualTo(38);
    assertThat(distillation.strangers()).isLessThanOrEqualTo(2);
    assertThat(distillation.medianQueriesPerAccount()).isLessThanOrEqualTo(12);
  }

  /** When the world of a model changes, its honest principals are no thieves. */
  @Test
  void aChangeOfTheWorldAccusesNobodyOnceItIsSeen() throws Exception {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "none"), "traces");
    Path events = traces.resolve("adult-logreg-s12.jsonl.gz");
    assumeThat(events).exists();
    TraceLabels labels = TraceLabels.read(traces.resolve("adult-logreg-s12.labels.json"));
    Set<String> attackers = new HashSet<>();
    labels.principals().forEach(label -> attackers.add(label.principal()));
    Set<String> accused = new HashSet<>();
    Set<String> honest = new HashSet<>();
    Policy policy = Policy.defaults();
    ObjectMapper mapper = new ObjectMapper();

    try (BacktestDriver driver =
            new BacktestDriver(
                SettingsOf.policy(policy, 1, false),
                policy,
                List.of(),
                LATER,
                incident -> {
                  if (incident.kind().accuses()) {
                    accused.add(incident.subject());
                    incident.members().forEach(m -> accused.add("principal:" + m.principal()));
                  }
                });
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(events)), StandardCharsets.UTF_8))) {
      long changesAt = Long.MAX_VALUE;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = mapper.readTree(line);
        long time = event.path("time").asLong();
        changesAt = Math.min(changesAt, time + Duration.ofHours(36).toMillis());
        if (!attackers.contains(event.path("principal").asText())) {
          honest.add(event.path("principal").asText());
          if (time >= changesAt) {
            ObjectNode features = (ObjectNode) event.path("input").path("features");
            features
                .properties()
                .forEach(
                    feature -> {
                      if (feature.getValue().isNumber()) {
                        feature.setValue(new DoubleNode(3 * feature.getValue().asDouble() + 10));
                      }
                    });
          }
          driver.accept(mapper.writeValueAsBytes(event));
        }
      }
      driver.finish();
    }

    assertThat(accused.size()).isLessThan(honest.size() / 2);
  }
}
