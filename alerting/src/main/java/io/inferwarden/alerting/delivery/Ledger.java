package io.inferwarden.alerting.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes steps and places in the outbox, each step in one transaction. */
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** So often in a row a group may have moved on before the connections are made anew. */
  private static final int MOST_REFUSALS = 10;

  private final String sink;
  private final DeliveryTopics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final AlertingMetrics metrics;
  private int refusals;

  Ledger(String sink, DeliveryTopics topics, Connections connections, AlertingMetrics metrics) {
    this.sink = sink;
    this.topics = topics;
    this.consumer = connections.consumer();
    this.producer = connections.producer();
    this.metrics = metrics;
  }

  /** Ends what an earlier writer of the same name has left open. */
  void begin() {
    producer.initTransactions();
  }

  /**
   * Commits a step and places, all or nothing.
   *
   * @return false when this member's place in the group has become void, so that nothing was
   *     committed
   */
  boolean commit(Step step, Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (step.isEmpty() && offsets.isEmpty()) {
      return true;
    }
    producer.beginTransaction();
    try {
      send(step);
      if (!offsets.isEmpty()) {
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
      }
      producer.commitTransaction();
    } catch (CommitFailedException e) {
      producer.abortTransaction();
      refusals++;
      if (refusals > MOST_REFUSALS) {
        throw e;
      }
      LOG.info("The group of {} has moved on; its step is not committed", sink);
      return false;
    }
    refusals = 0;
    count(step);
    return true;
  }

  private void send(Step step) {
    for (Delivery entry : step.entries) {
      send(topics.deliveries(), entry.key(), DeliveryJson.toJson(entry));
    }
    for (DeadLetter deadLetter : step.deadLetters) {
      send(topics.deadLetters(), deadLetter.key(), deadLetter.toJson());
    }
    for (Notification digest : step.digests) {
      send(topics.notifications(), digest.key(), NotificationJson.toJson(digest));
    }
  }

  /** A send that fails fails the commit, so its own result needs no look. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
  }

  private void count(Step step) {
    for (Delivery entry : step.entries) {
      if (entry.outcome().isFinal()) {
        metrics.countOutcome(sink, entry.outcome());
      }
    }
    step.digests.forEach(digest -> metrics.countDigest(sink));
  }
}
