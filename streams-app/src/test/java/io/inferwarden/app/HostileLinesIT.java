package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.names.Topics;
import io.inferwarden.ingest.DeadLetter;
import io.inferwarden.ingest.HostileLine;
import io.inferwarden.ingest.HostileLines;
import io.inferwarden.ingest.RejectedEvent;
import io.prometheus.client.Collector;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a line holds, it is judged or becomes a dead letter that says why; none is lost. */
@Tag("slow")
@Timeout(120)
class HostileLinesIT {
  private static final String APPLICATION = "hostile-lines";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The parser knows the present, which for this one has passed. */
  private static final String OUTDATED = "time of the next day";

  private final List<HostileLine> hostile =
      HostileLines.all().stream().filter(line -> !line.kind().equals(OUTDATED)).toList();

  @Test
  void everyLineIsEitherProcessedOrADeadLetterWithItsReason(@TempDir Path folder) throws Exception {
    assertThat(hostile).hasSizeGreaterThanOrEqualTo(40);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<HostileLine> beyondFiles = new ArrayList<>();
    int good = 0;
    for (HostileLine line : hostile) {
      file.writeBytes(goodEvent(good++));
      if (fitsIntoAFile(line)) {
        file.writeBytes(line.bytes());
        file.write('\n');
      } else {
        beyondFiles.add(line);
      }
    }
    file.writeBytes(goodEvent(good - 1)); // its id came before
    Path lines = Files.write(folder.resolve("hostile.jsonl"), file.toByteArray());
    int rejected = hostile.size() + 1;

    try (TestBroker broker = new TestBroker();
        Deployment deployment =
            Deployment.start(
                Runs.config(
                    broker.bootstrapServers(),
                    APPLICATION,
                    folder,
                    RecordedWorld.policy(Duration.ofSeconds(10))),
                1,
                List.of(),
                Map.of(),
                Clock.systemUTC());
        CommittedRecords deadLetters =
            new CommittedRecords(broker.bootstrapServers(), Topics.DEAD_LETTER_EVENTS)) {
      StringWriter err = new StringWriter();
      int exitCode =
          InferwardenApp.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err))
              .execute("replay", lines.toString(), "--bootstrap", broker.bootstrapServers());
      assertThat(exitCode).as(err.toString()).isZero();
      try (EventProducer producer =
          new EventProducer(Map.of("bootstrap.servers", broker.bootstrapServers()), 0)) {
        for (HostileLine line : beyondFiles) {
          producer.send(line.bytes());
        }
        producer.flush();
      }
      Patience.until(
          "there is a dead letter for each hostile line",
          PATIENCE,
          () -> deadLetters.soFar().size() >= rejected);
      double received = good + rejected;
      Patience.until(
          "all lines are counted",
          PATIENCE,
          () -> sum(deployment, "inferwarden_events_received_total") >= received);

      assertDeadLetters(deadLetters.soFar(), goodEvent(good - 1));
      assertThat(sum(deployment, "inferwarden_events_received_total")).isEqualTo(received);
      assertThat(sum(deployment, "inferwarden_events_processed_total")).isEqualTo(good);
      assertThat(rejectedByReason(deployment)).isEqualTo(expectedByReason());
      assertThat(sum(deployment, "inferwarden_errors_total")).isZero();
      assertThat(deployment.isReady()).isTrue();
    }
  }

  private static boolean fitsIntoAFile(HostileLine line) {
    return !new String(line.bytes(), UTF_8).isBlank();
  }

  private static byte[] goodEvent(int number) {
    String json =
        "{\"id\":\"good-%d\",\"time\":%d,\"model\":\"m\",\"principal\":\"honest\"}\n"
            .formatted(number, HostileLines.NOW_MILLIS + number);
    return json.getBytes(UTF_8);
  }

  private void assertDeadLetters(List<ConsumerRecord<byte[], byte[]>> records, byte[] duplicateLine)
      throws Exception {
    Map<String, JsonNode> byPayload = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JsonNode letter = MAPPER.readTree(record.value());
      assertThat(letter.path("source").asText()).startsWith(Topics.INFERENCE_EVENTS + "/");
      byPayload.put(letter.path("payload").asText(), letter);
    }
    assertThat(records).hasSize(hostile.size() + 1);
    for (HostileLine line : hostile) {
      JsonNode letter = byPayload.get(payloadOf(line.bytes()));
      assertThat(letter).as(line.kind()).isNotNull();
      assertThat(letter.path("reason").asText()).as(line.kind()).isEqualTo(line.reason().code());
      assertThat(letter.path("field").asText()).as(line.kind()).isEqualTo(line.field());
      assertThat(letter.path("message").asText()).as(line.kind()).isNotBlank();
    }
    JsonNode duplicate = byPayload.get(new String(duplicateLine, UTF_8).trim());
    assertThat(duplicate.path("reason").asText()).isEqualTo("duplicate_id");
    assertThat(duplicate.path("field").asText()).isEqualTo("id");
  }

  /** How a dead letter carries these bytes: cut, and as Base64 where they are no text. */
  private static String payloadOf(byte[] bytes) {
    return DeadLetter.of(RejectedEvent.tooLarge(), "", 0, bytes, 0, bytes.length).payload();
  }

  private Map<String, Double> expectedByReason() {
    Map<String, Double> expected = new TreeMap<>();
    hostile.forEach(line -> expected.merge(line.reason().code(), 1.0, Double::sum));
    expected.merge("duplicate_id", 1.0, Double::sum);
    return expected;
  }

  private static Map<String, Double> rejectedByReason(Deployment deployment) {
    Map<String, Double> rejected = new TreeMap<>();
    for (Collector.MetricFamilySamples.Sample sample :
        samples(deployment, "inferwarden_events_rejected_total")) {
      rejected.put(sample.labelValues.get(0), sample.value);
    }
    return rejected;
  }

  private static double sum(Deployment deployment, String metric) {
    return samples(deployment, metric).stream().mapToDouble(sample -> sample.value).sum();
  }

  private static List<Collector.MetricFamilySamples.Sample> samples(
      Deployment deployment, String metric) {
    return Collections.list(deployment.registry().metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(metric))
        .toList();
  }
}
