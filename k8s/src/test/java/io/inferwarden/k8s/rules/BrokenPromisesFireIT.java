package io.inferwarden.k8s.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.k8s.process.ChildProcess;
import io.inferwarden.k8s.process.PrometheusProcess;
import io.inferwarden.k8s.process.Promtool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link AlertsFireIT}, for what the platform promises. A model is learned from a day, and then
 * wanders for weeks as it did not in that day; those weeks are sent within seconds, so that they
 * spend faster than the clock; some models hardly anybody asks; people find incidents false; and
 * more principals come than there are places, by way of a key with a quota that they pass.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenPromisesFireIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant BEGIN = Instant.EPOCH.plus(Duration.ofDays(20_500));
  private static final String KEY = "iwk_" + "A".repeat(43);

  /** A day, and what it takes to judge the first hours after it. */
  private static final int LEARNED_HOURS = 27;

  private static final int WANDERING_HOURS = 30 * 24;
  private static final int BLIND_HOURS = 26;

  /** Fewer would not be judged: of 100 the platform wants five events each. */
  private static final int PRINCIPALS = 150;

  private static final int LATER_EVENTS_AN_HOUR = 25;

  /** So few events that nobody could learn from them. */
  private static final int BLIND_MODELS = 12;

  /** Left open, so that their models go on being blind. */
  private static final int NOT_JUDGED = 2;

  private static final int FIRST_VERDICTS = 4;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(7);
  private ChildProcess broker;
  private RunningPlatform platform;
  private PrometheusProcess prometheus;
  private EventSender sender;
  private double wandered;
  private int newcomers;

  /** Time passes by the events alone: were the platform idle, the past would be late. */
  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Promtool.require("prometheus");
    broker = RunningPlatform.broker(folder);
    String kafka = RunningPlatform.bootstrapServers(broker);
    int collectorPort = PrometheusProcess.freePort();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(UTF_8));
    Path config = folder.resolve("inferwarden.yaml");
    Files.writeString(
        config,
        """
        kafka: {bootstrapServers: "%1$s", applicationId: broken-promises, partitions: 1}
        instance: {stateFolder: "%2$s/state"}
        operations: {port: 0}
        incidents: {file: "%2$s/incidents.jsonl"}
        collector:
          host: 127.0.0.1
          port: %3$d
          keys: [{name: limited, sha256: %4$s, eventsPerSecond: 1}]
        policy: {idleAfter: 1h, learning: 24h, maximumPrincipals: 200}
        """
            .formatted(kafka, folder, collectorPort, HexFormat.of().formatHex(hash)));
    platform = RunningPlatform.start(config, folder.resolve("platform.log"), false);
    platform.awaitReady();
    Path data = Files.createDirectory(folder.resolve("prometheus"));
    FasterClock.writeRulesInto(data);
    prometheus = PrometheusProcess.start(data, "inferwarden", platform.operations());
    sender = new EventSender(kafka, collectorPort);
  }

  @Test
  void whatIsPromisedIsNotKept() throws Exception {
    sendTheDayThatIsLearned();
    awaitSeries("inferwarden_alarm_budget_spent_total{stream=\"models\"} > 0");
    sendHoursThatWander(LEARNED_HOURS, WANDERING_HOURS);
    sendModelsThatHardlyAnybodyAsks();
    ChildProcess.until("models are blind", PATIENCE, () -> blind().size() >= BLIND_MODELS);
    List<String> incidents = blind().subList(NOT_JUDGED, BLIND_MODELS);

    try (Sending newNames = new Sending(this::sendNewcomers)) {
      judgeFalse(incidents.subList(0, FIRST_VERDICTS));
      awaitSeries("inferwarden_incident_verdicts_total{verdict=\"false\"} > 0");
      judgeFalse(incidents.subList(FIRST_VERDICTS, incidents.size()));

      prometheus.awaitFiring(
          PATIENCE,
          "InferwardenPrincipalsRefused",
          "InferwardenBudgetSpent",
          "InferwardenFalseIncidentsOverBudget",
          "InferwardenDetectionBlind",
          "InferwardenPromiseSuspended",
          "InferwardenSendersOverQuota");
    }
  }

  /** An increase does not see with what value a series began, so it is to have begun. */
  private void awaitSeries(String expression) throws Exception {
    ChildProcess.until(
        "Prometheus knows " + expression, PATIENCE, () -> !prometheus.query(expression).isEmpty());
  }

  private void sendTheDayThatIsLearned() {
    for (int hour = 0; hour < LEARNED_HOURS; hour++) {
      for (int principal = 0; principal < PRINCIPALS; principal++) {
        sendScored(principal, hour, 20 * principal);
      }
    }
  }

  /** Once each; then the usual traffic passes the time in which they were to be learned. */
  private void sendModelsThatHardlyAnybodyAsks() {
    int fromHour = LEARNED_HOURS + WANDERING_HOURS;
    for (int model = 0; model < BLIND_MODELS; model++) {
      send("hardly-used-" + model, "user-0", BEGIN.plus(Duration.ofHours(fromHour)));
    }
    sendHoursThatWander(fromHour, BLIND_HOURS);
  }

  private void sendHoursThatWander(int fromHour, int hours) {
    for (int hour = fromHour; hour < fromHour + hours; hour++) {
      wandered = 0.8 * wandered + 0.12 * random.nextGaussian();
      for (int i = 0; i < LATER_EVENTS_AN_HOUR; i++) {
        sendScored((hour * LATER_EVENTS_AN_HOUR + i) % PRINCIPALS, hour, 100 * i);
      }
    }
  }

  private void sendScored(int principal, int hour, int second) {
    Instant time = BEGIN.plus(Duration.ofHours(hour)).plusSeconds(second);
    send("scorer", "user-" + principal, time);
  }

  /** Each asks once only, within the last hour. */
  private void sendNewcomers() throws Exception {
    Instant hour = BEGIN.plus(Duration.ofHours(LEARNED_HOURS + WANDERING_HOURS + BLIND_HOURS));
    for (int i = 0; i < 20; i++) {
      newcomers++;
      send("scorer", "newcomer-" + newcomers, hour.plusMillis(100L * newcomers));
    }
    String last = "newcomer-" + newcomers;
    sender.post(event("scorer", last, hour.plusMillis(100L * newcomers)), KEY);
  }

  private void send(String model, String principal, Instant time) {
    sender.send("inference-events", event(model, principal, time).getBytes(UTF_8));
  }

  private String event(String model, String principal, Instant time) {
    return String.format(
        Locale.ROOT,
        "{\"time\":\"%s\",\"model\":\"%s\",\"principal\":\"%s\",\"input\":{\"features\":{\"amount\":%.3f}},\"output\":{\"label\":\"%s\"}}",
        time,
        model,
        principal,
        100 + 10 * (wandered + random.nextGaussian()),
        random.nextInt(10) == 0 ? "fraud" : "ok");
  }

  private List<String> blind() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(api("incidents?open=true&limit=200")).build();
    List<String> ids = new ArrayList<>();
    JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .path("incidents")
        .forEach(
            (JsonNode incident) -> {
              if (incident.path("kind").asText().equals("blind")) {
                ids.add(incident.path("id").asText());
              }
            });
    return ids;
  }

  private void judgeFalse(List<String> incidents) throws Exception {
    for (String incident : incidents) {
      HttpRequest request =
          HttpRequest.newBuilder(api("incidents/" + incident + "/verdict"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"verdict\":\"false\",\"note\":\"x\"}"))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
  }

  private URI api(String path) throws Exception {
    return URI.create("http://" + platform.operations() + "/api/v1/" + path);
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {sender, prometheus, platform, broker}) {
      if (each != null) {
        each.close();
      }
    }
  }
}
