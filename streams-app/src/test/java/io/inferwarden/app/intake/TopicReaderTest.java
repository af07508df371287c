package io.inferwarden.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.CollectorMetrics;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.collector.EventIntake;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.UnavailableException;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.door.DoorSettings;
import io.inferwarden.ingest.door.KeyEpoch;
import io.inferwarden.ingest.door.KeyRing;
import io.inferwarden.ingest.door.PrivacyDoor;
import io.inferwarden.ingest.door.Secret;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.lines.EventLines;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("gateway", 0);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final CommittingConsumer consumer = new CommittingConsumer();
  private final ChoosyLog log = new ChoosyLog();
  private TopicReader reader = reader(new EventLines());
  private long next;

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void leavesALetterThatNamesTheRecordAndHoldsNothingOfIt() throws Exception {
    read(event("e1", "\"input\":{\"features\":{\"PLANTED\":[]}}"), event("e2", ""), "PLANTED");

    assertThat(log.ids()).containsExactly("e2");
    assertThat(log.letters())
        .hasSize(2)
        .allSatisfy(letter -> assertThat(letter).doesNotContain("PLANTED"))
        .anySatisfy(
            letter ->
                assertThat(letter).contains("gateway/0/0", "\"wrong_type\"", "\"input.features\""));
    assertThat(reader.lettersWritten()).isEqualTo(2);
  }

  @Test
  void readsOnBehindARecordThatADefectMeets() throws Exception {
    reader = reader(new Stumbling());

    read("PLANTED stumble", event("e2", ""));

    assertThat(log.ids()).containsExactly("e2");
    assertThat(log.letters())
        .singleElement()
        .asString()
        .contains("gateway/0/0")
        .doesNotContain("PLANTED");
    assertThat(reader.isAlive()).isTrue();
  }

  @Test
  void writesAgainWhatTheLogDidNotTakeAndNothingElse() throws Exception {
    log.refuseOnce("e2");

    read(event("e1", ""), event("e2", ""), event("e3", ""));

    assertThat(log.ids()).containsExactly("e1", "e3", "e2");
  }

  @Test
  void countsALetterOnceItIsWritten() throws Exception {
    log.refuseLetterOnce();

    read(event("e1", ""), "PLANTED");

    assertThat(log.letters()).hasSize(1);
    assertThat(reader.lettersWritten()).isEqualTo(1);
  }

  @Test
  void gathersNoMoreThanTheLogLetsWait() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      lines.append(event("e" + i, "")).append('\n');
    }

    read(lines.toString(), lines.toString(), lines.toString(), lines.toString());

    assertThat(log.ids()).hasSize(24_000);
    assertThat(log.mostWaiting()).isLessThan(20L << 20);
  }

  private void read(String... values) throws InterruptedException {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          for (String value : values) {
            consumer.addRecord(
                new ConsumerRecord<>(
                    "gateway", 0, next++, null, value.getBytes(StandardCharsets.UTF_8)));
          }
        });
    reader.start();
    consumer.awaitCommitOf(values.length);
  }

  private TopicReader reader(EventSource source) {
    Secret secret = Secret.parse("0123456789abcdef0123456789abcdef");
    KeyRing ring = KeyRing.of(List.of(new KeyEpoch("own", Instant.EPOCH, Duration.ZERO, secret)));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new TopicReader(
        () -> consumer,
        "gateway",
        source,
        new Client("gateway", "default", Set.of()),
        new EventIntake(
            () -> new Door(new PrivacyDoor(DoorSettings.of(ring), new Random(5))),
            log,
            new CollectorMetrics(new CollectorRegistry())),
        log,
        clock);
  }

  private static String event(String id, String fields) {
    return "{\"id\":\""
        + id
        + "\",\"time\":"
        + NOW.toEpochMilli()
        + ",\"model\":\"m\",\"principal\":\"alice\""
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }

  /** Says when everything was committed. */
  private static final class CommittingConsumer extends MockConsumer<byte[], byte[]> {
    private final CountDownLatch committed = new CountDownLatch(1);
    private volatile long awaited = Long.MAX_VALUE;

    CommittingConsumer() {
      super("earliest");
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      super.commitSync(offsets);
      if (offsets.get(PARTITION).offset() >= awaited) {
        committed.countDown();
      }
    }

    void awaitCommitOf(long offset) throws InterruptedException {
      awaited = offset;
      assertThat(committed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Throws where the text says so. */
  private static final class Stumbling implements EventSource {
    private final EventSource lines = new EventLines();

    @Override
    public String name() {
      return lines.name();
    }

    @Override
    public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
      String text = new String(payload.body(), StandardCharsets.UTF_8);
      if (text.endsWith("stumble")) {
        throw new IllegalStateException(text);
      }
      lines.read(payload, found);
    }
  }

  /** Refuses what it is told to, and takes a while to write everything else. */
  private static final class ChoosyLog implements EventLog {
    private static final Executor LATER =
        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private final List<String> ids = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private String refused = "";
    private boolean isLetterRefused;
    private long waiting;
    private long mostWaiting;

    synchronized void refuseOnce(String id) {
      refused = id;
    }

    synchronized void refuseLetterOnce() {
      isLetterRefused = true;
    }

    synchronized List<String> ids() {
      return List.copyOf(ids);
    }

    synchronized List<String> letters() {
      return List.copyOf(letters);
    }

    synchronized long mostWaiting() {
      return mostWaiting;
    }

    @Override
    public synchronized CompletableFuture<Void> append(List<AdmittedEvent> events) {
      if (events.stream().anyMatch(event -> event.audit().id().equals(refused))) {
        refused = "";
        return refusal();
      }
      events.forEach(event -> ids.add(event.audit().id()));
      long bytes = events.stream().mapToLong(AdmittedEvent::bytes).sum();
      waiting += bytes;
      mostWaiting = Math.max(mostWaiting, waiting);
      return CompletableFuture.runAsync(() -> release(bytes), LATER);
    }

    private static CompletableFuture<Void> refusal() {
      return CompletableFuture.failedFuture(
          new UnavailableException(UnavailableException.Reason.FULL, 1, "full"));
    }

    private synchronized void release(long bytes) {
      waiting -= bytes;
    }

    @Override
    public synchronized CompletableFuture<Void> append(Companion companion) {
      if (isLetterRefused) {
        isLetterRefused = false;
        return refusal();
      }
      letters.add(new String(companion.json(), StandardCharsets.UTF_8));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isTaking() {
      return true;
    }

    @Override
    public String describe() {
      return "takes";
    }

    @Override
    public void close() {}
  }
}
