package io.inferwarden.alerting.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's mocks, joined so that a new connection finds what an earlier one committed. The outbox
 * has two partitions.
 */
final class FakeCluster implements DeliveryClients {
  static final DeliveryTopics TOPICS = DeliveryTopics.PLATFORM;
  static final TopicPartition FIRST = new TopicPartition(TOPICS.notifications(), 0);
  static final TopicPartition SECOND = new TopicPartition(TOPICS.notifications(), 1);

  private final List<ConsumerRecord<byte[], byte[]>> outbox = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> committed = new ArrayList<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private final Map<Integer, Long> ends = new HashMap<>();
  private MockConsumer<byte[], byte[]> consumer;
  private int connections;
  private RuntimeException nextCommitFailure;

  synchronized void write(Notification notification) {
    write(0, notification);
  }

  synchronized void write(int partition, Notification notification) {
    write(partition, notification.key(), NotificationJson.toJson(notification));
  }

  synchronized void write(int partition, String key, byte[] value) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            TOPICS.notifications(),
            partition,
            offset,
            key == null ? null : key.getBytes(UTF_8),
            value);
    outbox.add(record);
    if (consumer != null
        && consumer.assignment().contains(new TopicPartition(record.topic(), partition))) {
      consumer.addRecord(record);
    }
  }

  synchronized void failNextCommit(RuntimeException failure) {
    nextCommitFailure = failure;
  }

  /** Leaves the worker with these partitions only, at its next poll. */
  synchronized void assign(Set<TopicPartition> partitions) {
    consumer.schedulePollTask(() -> rebalance(partitions));
  }

  synchronized int connections() {
    return connections;
  }

  synchronized OffsetAndMetadata offset(TopicPartition partition) {
    return offsets.get(partition);
  }

  synchronized void setOffset(TopicPartition partition, OffsetAndMetadata offset) {
    offsets.put(partition, offset);
  }

  /** The committed entries of the ledger. */
  synchronized List<Delivery> ledger() {
    return committed.stream()
        .filter(record -> record.topic().equals(TOPICS.deliveries()))
        .map(record -> DeliveryJson.fromJson(record.value()))
        .toList();
  }

  synchronized List<byte[]> deadLetters() {
    return committed.stream()
        .filter(record -> record.topic().equals(TOPICS.deadLetters()))
        .map(ProducerRecord::value)
        .toList();
  }

  private void rebalance(Set<TopicPartition> partitions) {
    Set<TopicPartition> before = Set.copyOf(consumer.assignment());
    consumer.rebalance(partitions);
    for (ConsumerRecord<byte[], byte[]> record : outbox) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (partitions.contains(partition) && !before.contains(partition)) {
        consumer.addRecord(record);
      }
    }
  }

  @Override
  public synchronized Consumer<byte[], byte[]> newConsumer(String sink) {
    connections++;
    consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            if (records.isEmpty()) {
              waitBriefly(); // as a real poll does
            }
            return records;
          }

          @SuppressWarnings("WaitNotInLoop") // any end of the wait will do
          private void waitBriefly() {
            try {
              wait(2);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    consumer.schedulePollTask(
        () -> {
          synchronized (this) {
            consumer.commitSync(offsets);
            rebalance(Set.of(FIRST, SECOND));
          }
        });
    return consumer;
  }

  @Override
  public synchronized Producer<byte[], byte[]> newProducer(String sink) {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public void commitTransaction() {
        synchronized (FakeCluster.this) {
          if (nextCommitFailure != null) {
            RuntimeException failure = nextCommitFailure;
            nextCommitFailure = null;
            throw failure;
          }
          int before = history().size();
          int commits = consumerGroupOffsetsHistory().size();
          super.commitTransaction();
          committed.addAll(history().subList(before, history().size()));
          consumerGroupOffsetsHistory()
              .subList(commits, consumerGroupOffsetsHistory().size())
              .forEach(groups -> groups.values().forEach(offsets::putAll));
        }
      }
    };
  }
}
