package io.inferwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.WebhookReceiver.Attempt;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Incidents on their whole way on a cluster, and what an operator does to them. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long AT = 1_772_461_320_000L;

  private TestBroker broker;
  private WebhookReceiver receiver;
  private Deployment deployment;
  private KafkaProducer<String, byte[]> findings;
  private String url = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    String secretText = "whsec_" + Base64.getEncoder().encodeToString(secret);
    broker = new TestBroker();
    receiver = new WebhookReceiver(secretText);
    String yaml =
        """
        kafka: {bootstrapServers: "%s", applicationId: alerts, partitions: 3}
        instance: {stateFolder: "%s"}
        operations: {port: 0}
        incidents: {file: "%s"}
        alerts:
          allow: 127.0.0.1
          sinks:
            - {name: soc, type: webhook, url: "%s", secretEnv: SOC}
            - {name: down, type: webhook, url: "http://127.0.0.1:1/", secretEnv: SOC}
          route:
            sinks: [soc]
            routes:
              - {name: broken, match: {models: unreachable}, sinks: [down]}
        """
            .formatted(
                broker.bootstrapServers(),
                folder.resolve("state"),
                folder.resolve("incidents.jsonl"),
                receiver.url());
    deployment =
        Deployment.start(
            RunConfigFile.parse("alerts", yaml, folder),
            2,
            List.of(),
            Map.of("SOC", secretText),
            Clock.systemUTC());
    url = "http://127.0.0.1:" + deployment.operationsPort();
    findings =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
    Patience.until("it is ready", PATIENCE, deployment::isReady);
  }

  @AfterAll
  void stop() {
    findings.close();
    deployment.close();
    receiver.close();
    broker.close();
  }

  private void find(String subject, String model, Severity severity, long atMillis)
      throws Exception {
    Finding finding =
        new Finding(
            subject,
            model,
            "1",
            IncidentKind.EXTRACTION,
            severity,
            atMillis,
            atMillis,
            9,
            2,
            List.of());
    findings
        .send(new ProducerRecord<>(Topics.FINDINGS, subject, FindingJson.toJson(finding)))
        .get();
  }

  private record Done(int exitCode, String printed) {}

  private Done alerts(String... arguments) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    List<String> all = new ArrayList<>(List.of("alerts"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", url));
    int exitCode = InferwardenApp.commandLine(writer, writer).execute(all.toArray(String[]::new));
    return new Done(exitCode, printed.toString());
  }

  private List<JsonNode> toldOf(String subject) throws IOException {
    List<JsonNode> told = new ArrayList<>();
    for (Attempt attempt : receiver.taken()) {
      JsonNode data = MAPPER.readTree(attempt.body()).path("data");
      if (data.path("subject").asText().equals(subject)) {
        told.add(data);
      }
    }
    return told;
  }

  private JsonNode latestToldOf(String subject, String change) throws Exception {
    Patience.until(
        subject + " is told as " + change,
        PATIENCE,
        () -> toldOf(subject).stream().anyMatch(one -> one.path("change").asText().equals(change)));
    List<JsonNode> told = toldOf(subject);
    return told.get(told.size() - 1);
  }

  @Test
  void anIncidentIsAcknowledgedGetsGraverAndIsJudged() throws Exception {
    String subject = "principal:k9";
    find(subject, "m", Severity.HIGH, AT);
    String id = latestToldOf(subject, "opened").path("id").asText();

    Done acknowledged = alerts("ack", id, "--note", "mine");
    assertThat(acknowledged.exitCode()).as(acknowledged.printed()).isZero();
    assertThat(latestToldOf(subject, "acknowledged").at("/acknowledgement/note").asText())
        .isEqualTo("mine");

    find(subject, "m", Severity.CRITICAL, AT + 1000);
    assertThat(latestToldOf(subject, "escalated").path("state").asText()).isEqualTo("open");

    Done judged = alerts("verdict", id, "false", "--note", "a load test");
    assertThat(judged.exitCode()).as(judged.printed()).isZero();
    assertThat(latestToldOf(subject, "judged").path("state").asText()).isEqualTo("resolved");

    List<Long> revisions =
        toldOf(subject).stream().map(one -> one.path("revision").asLong()).toList();
    assertThat(revisions).containsExactly(1L, 2L, 3L, 4L);
    assertThat(alerts("show", id).printed())
        .contains("false")
        .contains("a load test")
        .contains("soc");
    assertThat(
            deployment
                .registry()
                .getSampleValue(
                    "inferwarden_incident_verdicts_total",
                    new String[] {"kind", "verdict"},
                    new String[] {"extraction", "false"}))
        .isEqualTo(1);
  }

  @Test
  void aSilenceHoldsBackUntilItEndsAndTheLedgerSaysWhy() throws Exception {
    Done added =
        alerts(
            "silence",
            "add",
            "--model",
            "quiet-*",
            "--for",
            "1h",
            "--reason",
            "moving house",
            "--json");
    assertThat(added.exitCode()).as(added.printed()).isZero();
    String silence = MAPPER.readTree(added.printed()).path("id").asText();
    String subject = "principal:k8";

    find(subject, "quiet-one", Severity.HIGH, AT);
    Patience.until(
        "the ledger says why",
        PATIENCE,
        () ->
            alerts("deliveries", "--outcome", "silenced", "--json")
                .printed()
                .contains("moving house"));
    assertThat(toldOf(subject)).isEmpty();
    Done expired = alerts("silence", "expire", silence);

    assertThat(expired.exitCode()).as(expired.printed()).isZero();
    assertThat(latestToldOf(subject, "opened").path("revision").asInt()).isEqualTo(1);
  }

  @Test
  void aTestGoesDownTheRealWayAndSaysWhatTheReceiverAnswered() throws Exception {
    Done worked = alerts("test", "--sink", "soc");

    assertThat(worked.exitCode()).as(worked.printed()).isZero();
    assertThat(worked.printed()).contains("soc").contains("delivered");
    assertThat(toldOf("sink:soc"))
        .isNotEmpty()
        .allMatch(one -> one.path("kind").asText().equals("test"));

    Done failed = alerts("test", "--sink", "down", "--wait", "3s");
    assertThat(failed.exitCode()).as(failed.printed()).isEqualTo(1);
  }

  @Test
  void aSinkThatIsDownHoldsUpNobodyAndItsNotificationsWait() throws Exception {
    find("principal:k7", "unreachable", Severity.HIGH, AT);
    find("principal:k6", "m", Severity.HIGH, AT);

    latestToldOf("principal:k6", "opened");
    Patience.until(
        "what is for it is pending",
        PATIENCE,
        () ->
            alerts("deliveries", "--sink", "down", "--outcome", "pending", "--json")
                .printed()
                .contains("\"attemptCount\""));
  }
}
