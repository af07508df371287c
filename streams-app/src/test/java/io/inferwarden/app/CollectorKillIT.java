package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.ingest.audit.AuditLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * However a collector under load ends, what it acknowledged is in the topic, once, and beside it
 * its audit, whose chain has no gap.
 */
@Tag("slow")
@Timeout(240)
class CollectorKillIT {
  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private BrokerProcess broker;

  @BeforeEach
  void start() throws Exception {
    broker = BrokerProcess.start(folder.resolve("kafka"), folder.resolve("kafka.log"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(CollectorProcess.TOPICS.events(), PARTITIONS, (short) 1),
                  new NewTopic(CollectorProcess.TOPICS.audit(), PARTITIONS, (short) 1)))
          .all()
          .get();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    broker.close();
  }

  @Test
  void killedAgainAndAgainItHasWhatItAcknowledged() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      try (CollectorProcess killed = started("kill" + run, "")) {
        awaitAcknowledged(killed, 2_000);
        killed.kill();
        acknowledged.addAll(killed.acknowledged());
      }
    }
    try (CollectorProcess last = started("last", "")) {
      // it ends what the one before it left open
      awaitAcknowledged(last, 50);
      last.stop();
      acknowledged.addAll(last.acknowledged());
    }

    requireWhole(acknowledged);
  }

  @Test
  void killedAgainAndAgainItsSpoolLosesAndDoublesNothing() throws Exception {
    String spool = folder.resolve("spool").toString();
    Set<String> acknowledged = new HashSet<>();
    for (int run = 0; run < 4; run++) {
      try (CollectorProcess killed = started("kill" + run, spool)) {
        awaitAcknowledged(killed, 2_000);
        killed.kill();
        acknowledged.addAll(killed.acknowledged());
      }
    }
    try (CollectorProcess last = started("last", spool)) {
      awaitAcknowledged(last, 50);
      Patience.until(
          "all is forwarded", PATIENCE, () -> new HashSet<>(eventIds()).containsAll(acknowledged));
      last.stop();
      acknowledged.addAll(last.acknowledged());
    }

    requireWhole(acknowledged);
  }

  @Test
  void stoppedUnderLoadItHasWhatItAcknowledged() throws Exception {
    Set<String> acknowledged;
    try (CollectorProcess stopped = started("stop", "")) {
      awaitAcknowledged(stopped, 2_000);
      stopped.stop();
      acknowledged = stopped.acknowledged();
    }

    requireWhole(acknowledged);
  }

  @Test
  void whileTheBrokerHangsItRefusesAndThenGoesOn() throws Exception {
    Set<String> acknowledged;
    try (CollectorProcess collector = started("hang", "")) {
      awaitAcknowledged(collector, 100);
      broker.pause();
      Patience.until("it refuses", PATIENCE, () -> collector.refused().size() >= 10);
      int before = collector.acknowledged().size();
      broker.resume();
      awaitAcknowledged(collector, before + 100);
      collector.stop();
      acknowledged = collector.acknowledged();

      assertThat(collector.refused()).allMatch(line -> line.startsWith("refused AWAY"));
    }

    requireWhole(acknowledged);
  }

  @Test
  void whileTheBrokerHangsTheSpoolTakesThem() throws Exception {
    Set<String> acknowledged;
    try (CollectorProcess collector = started("hang", folder.resolve("spool").toString())) {
      awaitAcknowledged(collector, 100);
      broker.pause();
      awaitAcknowledged(collector, collector.acknowledged().size() + 500);
      broker.resume();
      acknowledged = collector.acknowledged();
      assertThat(collector.refused()).isEmpty();
      Patience.until(
          "all is forwarded", PATIENCE, () -> new HashSet<>(eventIds()).containsAll(acknowledged));
      collector.stop();
    }

    requireWhole(acknowledged);
  }

  private CollectorProcess started(String run, String spool) throws IOException {
    return CollectorProcess.start(
        broker.bootstrapServers(), run, spool, folder.resolve(run + ".log"));
  }

  private static void awaitAcknowledged(CollectorProcess collector, int count) throws Exception {
    boolean came =
        Patience.holdsWithin(
            PATIENCE, () -> !collector.isAlive() || collector.acknowledged().size() >= count);
    if (!came || !collector.isAlive()) {
      throw new AssertionError("too little is acknowledged; it printed:\n" + collector.printed());
    }
  }

  /** All that was acknowledged is there, nothing twice, and the audit says the same. */
  private void requireWhole(Set<String> acknowledged) throws IOException {
    List<String> events = eventIds();
    Set<String> distinct = new HashSet<>(events);
    assertThat(events).hasSameSizeAs(distinct);
    assertThat(acknowledged).allMatch(distinct::contains);
    Map<Integer, List<String>> audited = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(CollectorProcess.TOPICS.audit())) {
      List<String> chain = audited.computeIfAbsent(record.partition(), unused -> new ArrayList<>());
      for (byte[] line : AuditLines.of(record.value())) {
        String[] words = new String(line, UTF_8).split(" ", -1);
        chain.add(words[0]);
        assertThat(words[1]).isEqualTo(String.valueOf(chain.size()));
      }
    }
    assertThat(audited.values().stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(events.stream().sorted().toList());
  }

  private List<String> eventIds() throws IOException {
    List<String> ids = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(CollectorProcess.TOPICS.events())) {
      ids.add(JSON.readTree(record.value()).get("id").textValue());
    }
    return ids;
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) throws IOException {
    try (CommittedRecords records = new CommittedRecords(broker.bootstrapServers(), topic)) {
      return records.soFar();
    }
  }
}
