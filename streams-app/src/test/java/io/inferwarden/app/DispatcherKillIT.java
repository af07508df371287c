package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.delivery.DeadLetter;
import io.inferwarden.alerting.delivery.DeliveryTopics;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.alerting.outbox.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dispatcher is killed again and again while receivers fail: each sink gets every incident, its
 * states in order, and the ledger adds up.
 */
@Tag("slow")
@Timeout(300)
class DispatcherKillIT {
  private static final long SEED = 20260322;
  private static final int KILLS = 50;
  private static final int INCIDENTS = 2_000;
  private static final int MOST_MILLIS_AT_WORK = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long AT = 1_780_000_000_000L;
  private static final List<String> SINKS =
      List.of(DispatcherProcess.SIEM, DispatcherProcess.PAGER, DispatcherProcess.CHAT);
  private static final List<IncidentChange> LIFE =
      List.of(
          IncidentChange.OPENED,
          IncidentChange.UPDATED,
          IncidentChange.ESCALATED,
          IncidentChange.RESOLVED);

  private final DeliveryTopics topics = DeliveryTopics.PLATFORM;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private TestBroker broker;
  private FlakyReceiver receiver;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker();
    receiver = new FlakyReceiver(SEED);
    try (Admin admin = Admin.create(connection())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topics.notifications(), TestBroker.PARTITIONS, (short) 1),
                  new NewTopic(topics.deliveries(), 1, (short) 1),
                  new NewTopic(topics.deadLetters(), 1, (short) 1)))
          .all()
          .get();
    }
    producer =
        new KafkaProducer<>(connection(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    receiver.close();
    broker.close();
  }

  @Test
  void killsAndFailingReceiversLoseNothingAndKeepTheOrder(@TempDir Path folder) throws Exception {
    List<Incident> stream = stream();
    Path output = folder.resolve("dispatcher.log");
    int silenced = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (DispatcherProcess killed = start(output)) {
        int from = stream.size() * kill / KILLS;
        silenced += write(stream.subList(from, stream.size() * (kill + 1) / KILLS));
        int before = receiver.requests();
        Patience.until("a sink is told", PATIENCE, () -> receiver.requests() > before);
        Thread.sleep(random.nextInt(MOST_MILLIS_AT_WORK));
        assertThat(killed.isAlive()).isTrue();
      }
    }
    Records outbox = new Records(topics.notifications());
    Records ledger = new Records(topics.deliveries());
    try (DispatcherProcess last = start(output)) {
      Patience.until(
          "everything has an end", PATIENCE, () -> ends(ledger).containsAll(keys(outbox)));
      assertThat(last.isAlive()).isTrue();
    }

    requireConservation(outbox, ledger, stream.size(), silenced);
    requireDigestsAddUp(outbox, ledger);
    requireDeadLetters(ledger);
    for (String sink : SINKS) {
      requireOrder(sink);
      requireTaken(sink, ledger);
    }
    assertThat(receiver.failures()).isGreaterThan(500);
    outbox.close();
    ledger.close();
  }

  private DispatcherProcess start(Path output) throws Exception {
    return DispatcherProcess.start(broker.bootstrapServers(), receiver.port(), output);
  }

  private Map<String, Object> connection() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** All revisions of all incidents, those of one in order, mixed with those of others. */
  private List<Incident> stream() {
    List<Incident> stream = new ArrayList<>();
    for (int number = 0; number < INCIDENTS + 20 * LIFE.size(); number++) {
      for (int state = 0; state < LIFE.size(); state++) {
        int incident = number - 20 * state;
        if (incident >= 0 && incident < INCIDENTS) {
          stream.add(incident(incident, state));
        }
      }
    }
    return stream;
  }

  private static Incident incident(int number, int state) {
    IncidentChange change = LIFE.get(state);
    boolean isResolved = change == IncidentChange.RESOLVED;
    String subject = "principal:k" + number;
    return new Incident(
        IncidentId.of(subject, "m", IncidentKind.EXTRACTION, AT),
        state + 1,
        isResolved ? IncidentState.RESOLVED : IncidentState.OPEN,
        isResolved ? Handling.OPENED.resolved(AT) : Handling.OPENED.told(change),
        subject,
        "m",
        "7",
        IncidentKind.EXTRACTION,
        number % 50 == 0 ? Severity.CRITICAL : Severity.HIGH,
        AT,
        AT,
        AT,
        state + 1,
        41,
        2.5,
        Chance.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        0,
        "Model abuse",
        "It looks like abuse.");
  }

  /** Writes what the router would: notifications, and entries of what is silenced. */
  private int write(List<Incident> incidents) {
    int silenced = 0;
    for (Incident incident : incidents) {
      for (String sink : SINKS) {
        Notification notification =
            Notification.ofChange(incident, sink, "default", System.currentTimeMillis());
        if (random.nextInt(100) == 0) {
          silenced++;
          Delivery entry =
              Delivery.of(
                  notification, Outcome.SILENCED, "maintenance", List.of(), 0, AT, Delivery.NONE);
          send(topics.deliveries(), entry.key(), DeliveryJson.toJson(entry));
        } else {
          send(topics.notifications(), notification.key(), NotificationJson.toJson(notification));
        }
      }
    }
    producer.flush();
    return silenced;
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
  }

  /** Received = delivered + silenced + folded + dead-lettered, and nothing ends twice. */
  private static void requireConservation(
      Records outbox, Records ledger, int revisions, int silenced) {
    Map<String, Integer> finals = new HashMap<>();
    Map<Outcome, Integer> outcomes = new HashMap<>();
    for (Delivery entry : ledger.entries()) {
      if (entry.outcome().isFinal()) {
        finals.merge(entry.key(), 1, Integer::sum);
        outcomes.merge(entry.outcome(), 1, Integer::sum);
      }
    }
    int written = revisions * SINKS.size();
    int digests = outbox.notifications().size() - (written - silenced);

    assertThat(finals.values()).allMatch(count -> count == 1);
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(written + digests);
    assertThat(outcomes.get(Outcome.SILENCED)).isEqualTo(silenced);
    assertThat(outcomes.get(Outcome.FOLDED)).isGreaterThan(100);
    assertThat(outcomes.get(Outcome.DEAD_LETTERED)).isGreaterThan(10);
    assertThat(digests).isGreaterThan(10);
  }

  private static void requireDigestsAddUp(Records outbox, Records ledger) {
    Map<String, Long> folded =
        ledger.entries().stream()
            .filter(entry -> entry.outcome() == Outcome.FOLDED)
            .filter(entry -> !entry.detail().startsWith("superseded"))
            .collect(Collectors.groupingBy(Delivery::detail, Collectors.counting()));
    Map<String, Long> told =
        outbox.notifications().stream()
            .filter(notification -> notification.incident().kind() == IncidentKind.DIGEST)
            .collect(
                Collectors.toMap(
                    Notification::id, notification -> notification.incident().findings()));

    assertThat(folded).isEqualTo(told);
  }

  private void requireDeadLetters(Records ledger) {
    Set<String> expected =
        ledger.entries().stream()
            .filter(entry -> entry.outcome() == Outcome.DEAD_LETTERED)
            .map(Delivery::key)
            .collect(Collectors.toSet());
    try (CommittedRecords records =
        new CommittedRecords(broker.bootstrapServers(), topics.deadLetters())) {
      List<String> letters =
          records.soFar().stream()
              .map(record -> DeadLetter.undelivered(record.value()).orElseThrow().key())
              .toList();

      assertThat(letters).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** The same one may come again, under the same id, but never an earlier one after a later. */
  private void requireOrder(String sink) {
    Map<String, Long> latest = new HashMap<>();
    for (FlakyReceiver.Taken taken : receiver.taken(sink)) {
      Long before = latest.put(taken.incident(), taken.revision());

      assertThat(taken.revision()).isGreaterThanOrEqualTo(before == null ? 1 : before);
      assertThat(taken.id()).isEqualTo(taken.incident() + "_" + taken.revision());
    }
  }

  private void requireTaken(String sink, Records ledger) {
    Set<String> taken =
        receiver.taken(sink).stream().map(FlakyReceiver.Taken::id).collect(Collectors.toSet());
    Set<String> delivered =
        ledger.entries().stream()
            .filter(entry -> entry.sink().equals(sink) && entry.outcome() == Outcome.DELIVERED)
            .map(Delivery::notificationId)
            .collect(Collectors.toSet());

    assertThat(taken).containsAll(delivered);
  }

  private static Set<String> keys(Records outbox) {
    Set<String> keys = new HashSet<>();
    outbox
        .notifications()
        .forEach(notification -> keys.add(notification.sink() + "|" + notification.id()));
    return keys;
  }

  private static Set<String> ends(Records ledger) {
    return ledger.entries().stream()
        .filter(entry -> entry.outcome().isFinal())
        .map(Delivery::key)
        .collect(Collectors.toSet());
  }

  /** A topic's records so far, each read once. */
  private final class Records implements AutoCloseable {
    private final CommittedRecords records;
    private final List<Delivery> entries = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();

    Records(String topic) {
      records = new CommittedRecords(broker.bootstrapServers(), topic);
    }

    List<Delivery> entries() {
      List<ConsumerRecord<byte[], byte[]>> all = records.soFar();
      for (ConsumerRecord<byte[], byte[]> record : all.subList(entries.size(), all.size())) {
        entries.add(DeliveryJson.fromJson(record.value()));
      }
      return entries;
    }

    List<Notification> notifications() {
      List<ConsumerRecord<byte[], byte[]>> all = records.soFar();
      for (ConsumerRecord<byte[], byte[]> record : all.subList(notifications.size(), all.size())) {
        notifications.add(NotificationJson.fromJson(record.value()));
      }
      return notifications;
    }

    @Override
    public void close() {
      records.close();
    }
  }
}
