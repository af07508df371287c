package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.audit.AuditLines;
import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.collector.UnavailableException;
import io.inferwarden.ingest.collector.log.AuditTrail;
import io.inferwarden.ingest.collector.log.KafkaEventLog;
import io.inferwarden.ingest.collector.log.KafkaLogSettings;
import io.inferwarden.ingest.collector.log.LogMetrics;
import io.inferwarden.ingest.door.KeptText;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is appended stands in the topics, each event beside its record of the audit. */
@Timeout(120)
class CollectorLogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker();
    try (Admin admin = Admin.create(connection())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(CollectorProcess.TOPICS.events(), 3, (short) 1),
                  new NewTopic(CollectorProcess.TOPICS.audit(), 3, (short) 1),
                  new NewTopic(CollectorProcess.TOPICS.text(), 1, (short) 1),
                  new NewTopic("deployments", 1, (short) 1)))
          .all()
          .get();
    }
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void whatIsAcknowledgedStandsInItsTopics() throws Exception {
    AdmittedEvent plain = CollectorProcess.event("a", "someone");
    KeptText text = new KeptText("b", 1L, "m", "another", "asked", null);
    AdmittedEvent withText =
        new AdmittedEvent(
            "another",
            "{\"id\":\"b\"}".getBytes(UTF_8),
            CollectorProcess.event("b", "another").audit(),
            text);
    try (KafkaEventLog log = opened(new CountingTrail())) {
      log.append(List.of(plain, withText)).get(10, TimeUnit.SECONDS);
      log.append(new Companion("deployments", "m", "{}".getBytes(UTF_8))).get(10, TimeUnit.SECONDS);
    }

    List<ConsumerRecord<byte[], byte[]>> events = records(CollectorProcess.TOPICS.events());
    assertThat(events)
        .extracting(CollectorLogIT::key)
        .containsExactlyInAnyOrder("someone", "another");
    assertThat(audited().entrySet())
        .extracting(audit -> audit.getValue() + " " + audit.getKey().split(" ", -1)[0])
        .containsExactlyInAnyOrderElementsOf(events.stream().map(CollectorLogIT::placed).toList());
    assertThat(records(CollectorProcess.TOPICS.text()))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly(
            "{\"id\":\"b\",\"time\":1,\"model\":\"m\",\"principal\":\"another\",\"input\":\"asked\"}");
    assertThat(records("deployments")).hasSize(1);
  }

  @Test
  void theNextStartGoesOnWithTheChains() throws Exception {
    for (int start = 0; start < 3; start++) {
      try (KafkaEventLog log = opened(new CountingTrail())) {
        log.append(List.of(CollectorProcess.event("e" + start, "someone")))
            .get(10, TimeUnit.SECONDS);
      }
    }

    assertThat(audited().keySet()).containsExactly("e0 1", "e1 2", "e2 3");
  }

  @Test
  void moreThanMemoryIsMeantToHoldIsRefused() throws Exception {
    try (KafkaEventLog log = opened(new CountingTrail(), settings().withQueueBytes(100_000))) {
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        answers.add(log.append(List.of(CollectorProcess.event("e" + i, "p" + i))));
      }

      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .exceptionally(ignored -> null)
          .get(10, TimeUnit.SECONDS);

      long refused = answers.stream().filter(CompletableFuture::isCompletedExceptionally).count();
      assertThat(refused).isBetween(1L, 999L);
      assertThat(records(CollectorProcess.TOPICS.events())).hasSize((int) (1_000 - refused));
    }
  }

  @Test
  void aRecordThatItsTopicDoesNotTakeKeepsNoOtherOut() throws Exception {
    char[] random = new char[1_500_000];
    SplittableRandom draws = new SplittableRandom(7);
    for (int i = 0; i < random.length; i++) {
      random[i] = (char) (' ' + draws.nextInt(90));
    }
    byte[] large = new String(random).getBytes(UTF_8);
    AdmittedEvent event =
        new AdmittedEvent("p", large, CollectorProcess.event("large", "p").audit(), null);
    try (KafkaEventLog log = opened(new CountingTrail())) {
      CompletableFuture<Void> refused = log.append(List.of(event));
      CompletableFuture<Void> taken = log.append(List.of(CollectorProcess.event("small", "p")));

      taken.get(20, TimeUnit.SECONDS);
      assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(UnavailableException.class)
          .hasMessageContaining("RecordTooLarge");
    }

    assertThat(audited().keySet()).containsExactly("small 1");
  }

  @Test
  void anotherCollectorOfTheSameNameLeavesTheChainsWhole() throws Exception {
    try (KafkaEventLog first = opened(new CountingTrail());
        KafkaEventLog second = opened(new CountingTrail())) {
      List<KafkaEventLog> both = List.of(second, first);
      for (KafkaEventLog log : both) {
        Patience.until("the log takes events", PATIENCE, log::isTaking);
        log.append(List.of(CollectorProcess.event("e", "p"))).get(20, TimeUnit.SECONDS);
      }
    }

    assertThat(audited().keySet()).containsExactly("e 1", "e 2");
  }

  private KafkaLogSettings settings() {
    return KafkaLogSettings.of(
        connection(), CollectorProcess.APPLICATION, "one", CollectorProcess.TOPICS);
  }

  private KafkaEventLog opened(AuditTrail audit) throws Exception {
    return opened(audit, settings());
  }

  private static KafkaEventLog opened(AuditTrail audit, KafkaLogSettings settings)
      throws Exception {
    KafkaEventLog log =
        KafkaEventLog.start(
            settings, audit, new LogMetrics(new CollectorRegistry()), System::nanoTime);
    Patience.until("the log takes events", PATIENCE, log::isTaking);
    return log;
  }

  private Map<String, Object> connection() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (CommittedRecords records = new CommittedRecords(broker.bootstrapServers(), topic)) {
      return records.soFar();
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), UTF_8);
  }

  /** Partition and id of an event. */
  private static String placed(ConsumerRecord<byte[], byte[]> event) {
    String json = new String(event.value(), UTF_8);
    return event.partition() + " " + json.replaceAll("^.*\"id\":\"([^\"]*)\".*$", "$1");
  }

  /** The partition of each record of the audit, in their order. */
  private Map<String, Integer> audited() throws IOException {
    Map<String, Integer> partitions = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : records(CollectorProcess.TOPICS.audit())) {
      for (byte[] line : AuditLines.of(message.value())) {
        partitions.put(new String(line, UTF_8), message.partition());
      }
    }
    return partitions;
  }
}
