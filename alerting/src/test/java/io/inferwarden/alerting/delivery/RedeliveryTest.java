package io.inferwarden.alerting.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Attempt;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.alerting.outbox.Occasion;
import io.inferwarden.alerting.outbox.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RedeliveryTest {
  private static final long NOW = 1_780_000_000_000L;
  private static final String TOPIC = "dead-letter-notifications";

  private final Notification missed = News.opened(1, Severity.HIGH, NOW - 5);
  private final DeadLetter.Undelivered letter =
      new DeadLetter.Undelivered(
          missed, "HTTP 500", List.of(new Attempt(NOW, 30, "HTTP 500")), 41, NOW);

  @Test
  void aDeadLetterIsReadBackAsItWasWritten() {
    assertThat(DeadLetter.undelivered(letter.toJson())).contains(letter);
    assertThat(
            DeadLetter.undelivered(
                new DeadLetter.Unreadable("notifications", 1, 2, "no JSON", "eA==").toJson()))
        .isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeadLetter.undelivered("{\"reason\":\"other\"}".getBytes(UTF_8)));
  }

  @Test
  void whatIsToldAgainKeepsItsIdAndIsANewOccasion() {
    Notification again = Redelivery.of(letter, NOW + 9);

    assertThat(again.id()).isEqualTo(missed.id());
    assertThat(again.key()).isEqualTo(missed.key());
    assertThat(again.occasion()).isEqualTo(Occasion.REDELIVERY);
    assertThat(again.createdAtMillis()).isEqualTo(NOW + 9);
    assertThat(again.incident()).isEqualTo(missed.incident());
  }

  @Test
  void anEntryOfTheLedgerIsToldAgainWithTheRevisionItNames() {
    Delivery entry =
        Delivery.of(missed, Outcome.DEAD_LETTERED, "x", List.of(), 0, NOW, Delivery.NONE);

    assertThat(Redelivery.of(entry, missed.incident(), NOW)).isEqualTo(Redelivery.of(letter, NOW));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Redelivery.of(
                    entry, News.incident(1, 2, IncidentChange.UPDATED, Severity.HIGH), NOW));
  }

  @Test
  void theDeadLettersOfASinkSinceATimeAreFoundEachOnce() throws IOException {
    DeadLetter.Undelivered other =
        new DeadLetter.Undelivered(
            Notification.ofChange(missed.incident(), "pager", "default", NOW),
            "x",
            List.of(),
            0,
            NOW);
    DeadLetter.Undelivered early =
        new DeadLetter.Undelivered(News.opened(9, Severity.LOW, NOW), "x", List.of(), 0, NOW);
    MockConsumer<byte[], byte[]> consumer =
        topic(
            early.toJson(),
            letter.toJson(),
            "rubbish".getBytes(UTF_8),
            other.toJson(),
            letter.toJson());

    assertThat(Redelivery.missedBy(News.SINK, consumer, TOPIC, NOW)).containsExactly(letter);
  }

  @Test
  void itIsWrittenIntoTheOutboxOrItFails() throws Exception {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Notification again = Redelivery.of(letter, NOW);
    Redelivery.send(List.of(again), producer, "notifications");

    assertThat(producer.history()).hasSize(1);
    assertThat(new String(producer.history().get(0).key(), UTF_8)).isEqualTo(again.key());
    assertThat(NotificationJson.fromJson(producer.history().get(0).value())).isEqualTo(again);

    MockProducer<byte[], byte[]> failing =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized void flush() {
            errorNext(new IllegalStateException("planted"));
          }
        };
    assertThatThrownBy(() -> Redelivery.send(List.of(again), failing, "notifications"))
        .isInstanceOf(IOException.class);
  }

  /** Of which the first record is older than was asked for. */
  private static MockConsumer<byte[], byte[]> topic(byte[]... values) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
              Map<TopicPartition, Long> since) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            since.forEach((each, millis) -> found.put(each, new OffsetAndTimestamp(1, millis)));
            return found;
          }
        };
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, (long) values.length));
    consumer.schedulePollTask(
        () -> {
          for (int i = 1; i < values.length; i++) {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, i, new byte[0], values[i]));
          }
        });
    return consumer;
  }
}
