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
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Detection and delivery as works of their own, which share a configuration and a cluster. */
@Tag("slow")
@Timeout(180)
class DispatchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long AT = 1_772_461_320_000L;
  private static final String NO_LAG =
      "inferwarden_input_lag_records{topic=\"inference-events\",} 0.0";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatDetectionFindsIsDeliveredOnceByTheDispatcher(@TempDir Path folder) throws Exception {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    String secretText = "whsec_" + Base64.getEncoder().encodeToString(secret);
    try (TestBroker broker = new TestBroker();
        WebhookReceiver receiver = new WebhookReceiver(secretText)) {
      RunConfig config = config(broker, receiver, folder);
      try (Deployment detection =
              Deployment.startDetection(config, 2, Map.of(), Clock.systemUTC());
          Deployment dispatch =
              Deployment.startDispatch(config, Map.of("SOC", secretText), Clock.systemUTC())) {
        Patience.until("detection is ready", PATIENCE, detection::isReady);
        Patience.until("the dispatcher is ready", PATIENCE, dispatch::isReady);

        find(broker, "principal:k1");
        find(broker, "principal:k2");
        Patience.until("both are told", PATIENCE, () -> opened(receiver).size() >= 2);
        Patience.until(
            "both are in the file",
            PATIENCE,
            () -> Files.readAllLines(config.incidents().file().orElseThrow()).size() >= 2);

        assertThat(opened(receiver)).containsExactlyInAnyOrder("principal:k1", "principal:k2");
        for (String path : List.of("/healthz", "/readyz", "/startupz")) {
          assertThat(get(detection, path).statusCode()).as(path).isEqualTo(200);
          assertThat(get(dispatch, path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get(detection, "/api/v1/incidents").statusCode()).isEqualTo(404);
        assertThat(get(dispatch, "/api/v1/incidents").body()).contains("principal:k1");
        Patience.until(
            "all that was read is judged",
            PATIENCE,
            () -> MAPPER.readTree(get(detection, "/readyz").body()).path("lag").asLong() == 0);
        Patience.until(
            "both are counted in the state",
            PATIENCE,
            () ->
                get(detection, "/metrics")
                    .body()
                    .contains("inferwarden_state_entries{store=\"routed-incidents\",} 2.0"));
        // a consumer knows the lag of a partition when it has fetched from it
        Patience.until(
            "the lag of each topic is known",
            PATIENCE,
            () -> {
              String metrics = get(detection, "/metrics").body();
              return metrics.contains(NO_LAG)
                  && metrics.contains("kafka_consumer_records_lag_max{");
            });
        assertMetrics(get(detection, "/metrics").body(), get(dispatch, "/metrics").body());
      }
    }
  }

  @Test
  void aDispatcherThatHasNobodyToTellIsReadyAndShowsIncidents(@TempDir Path folder)
      throws Exception {
    try (TestBroker broker = new TestBroker()) {
      RunConfig config =
          RunConfigFile.parse(
              "untold",
              """
              kafka: {bootstrapServers: "%s", applicationId: untold, partitions: 2}
              instance: {stateFolder: "%s"}
              operations: {port: 0}
              incidents: {file: none}
              """
                  .formatted(broker.bootstrapServers(), folder.resolve("state")),
              folder);
      try (Deployment detection =
              Deployment.startDetection(config, 1, Map.of(), Clock.systemUTC());
          Deployment dispatch = Deployment.startDispatch(config, Map.of(), Clock.systemUTC())) {
        Patience.until("detection is ready", PATIENCE, detection::isReady);
        Patience.until("the dispatcher is ready", PATIENCE, dispatch::isReady);

        find(broker, "principal:k1");

        Patience.until(
            "the incident is shown",
            PATIENCE,
            () -> get(dispatch, "/api/v1/incidents").body().contains("principal:k1"));
        assertThat(get(dispatch, "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(dispatch, "/healthz").statusCode()).isEqualTo(200);
      }
    }
  }

  private static void assertMetrics(String ofDetection, String ofDispatch) {
    assertThat(ofDetection)
        .contains(
            "inferwarden_streams_state{state=\"RUNNING\",} 1.0",
            "inferwarden_stream_threads{state=\"alive\",} 2.0",
            NO_LAG,
            "inferwarden_ready 1.0",
            "inferwarden_dead_letters_total{topic=\"dead-letter-events\",} 0.0",
            "kafka_streams_commit_rate{thread=\"1\",}",
            "kafka_consumer_records_lag_max{thread=",
            "kafka_producer_record_error_total{thread=\"1\",} 0.0")
        .doesNotContain("dead-letter-notifications");
    assertThat(ofDispatch)
        .contains(
            "inferwarden_ready 1.0",
            "inferwarden_alive 1.0",
            "inferwarden_dead_letters_total{topic=\"dead-letter-notifications\",} 0.0")
        .doesNotContain("inferwarden_streams_state");
  }

  private static RunConfig config(TestBroker broker, WebhookReceiver receiver, Path folder) {
    String yaml =
        """
        kafka: {bootstrapServers: "%s", applicationId: apart, partitions: 3}
        instance: {stateFolder: "%s"}
        operations: {port: 0}
        incidents: {file: "%s"}
        alerts:
          allow: 127.0.0.1
          sinks: [{name: soc, type: webhook, url: "%s", secretEnv: SOC}]
        """
            .formatted(
                broker.bootstrapServers(),
                folder.resolve("state"),
                folder.resolve("incidents.jsonl"),
                receiver.url());
    return RunConfigFile.parse("apart", yaml, folder);
  }

  private static void find(TestBroker broker, String subject) throws Exception {
    Finding finding =
        new Finding(
            subject, "m", "1", IncidentKind.EXTRACTION, Severity.HIGH, AT, AT, 9, 2, List.of());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.FINDINGS, subject, FindingJson.toJson(finding)))
          .get();
    }
  }

  private static List<String> opened(WebhookReceiver receiver) throws IOException {
    List<String> subjects = new ArrayList<>();
    for (Attempt attempt : receiver.taken()) {
      JsonNode told = MAPPER.readTree(attempt.body()).path("data");
      if (told.path("change").asText().equals("opened")
          && told.path("subject").asText().startsWith("principal:")) {
        subjects.add(told.path("subject").asText());
      }
    }
    return subjects;
  }

  private HttpResponse<String> get(Deployment deployment, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + deployment.operationsPort() + path))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
