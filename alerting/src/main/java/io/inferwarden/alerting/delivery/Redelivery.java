package io.inferwarden.alerting.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.alerting.outbox.Occasion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts into the outbox again what a sink has missed: under the id it had, so that a receiver which
 * has it after all can tell, and on the occasion {@link Occasion#REDELIVERY}.
 */
public final class Redelivery {
  private static final Duration POLL = Duration.ofMillis(200);

  private Redelivery() {}

  /** The notification of a dead letter, to be told again. */
  public static Notification of(DeadLetter.Undelivered deadLetter, long nowMillis) {
    Notification missed = deadLetter.notification();
    return again(missed.id(), missed.sink(), missed.route(), missed.incident(), nowMillis);
  }

  /**
   * What an entry of the ledger speaks of, to be told again.
   *
   * @param incident the revision that the entry names
   */
  public static Notification of(Delivery entry, Incident incident, long nowMillis) {
    if (!entry.incidentId().equals(incident.id()) || entry.revision() != incident.revision()) {
      throw new IllegalArgumentException(
          "incident must be " + entry.incidentId() + " revision " + entry.revision());
    }
    return again(entry.notificationId(), entry.sink(), entry.route(), incident, nowMillis);
  }

  /**
   * The dead letters of a sink, the oldest first, each notification once with its latest history.
   *
   * @param consumer of any configuration that reads bytes; it is assigned the topic's partitions
   * @param deadLetters the topic
   * @param sinceMillis dead letters written from then on, by the clock of the broker, milliseconds
   *     since the epoch
   * @throws IOException when the topic cannot be read
   */
  public static List<DeadLetter.Undelivered> missedBy(
      String sink, Consumer<byte[], byte[]> consumer, String deadLetters, long sinceMillis)
      throws IOException {
    Map<String, DeadLetter.Undelivered> missed = new LinkedHashMap<>();
    try {
      Map<TopicPartition, Long> ends = seek(consumer, deadLetters, sinceMillis);
      while (isBefore(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          undelivered(record.value())
              .filter(each -> each.notification().sink().equals(sink))
              .ifPresent(each -> missed.put(each.key(), each));
        }
      }
    } catch (KafkaException e) {
      throw new IOException("could not read " + deadLetters + ": " + e.getMessage(), e);
    }
    return List.copyOf(missed.values());
  }

  /**
   * Writes notifications into the outbox; returns when the cluster has them.
   *
   * @param producer without a transaction
   * @throws IOException when the cluster did not take them all
   */
  public static void send(
      List<Notification> notifications, Producer<byte[], byte[]> producer, String outbox)
      throws IOException, InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    for (Notification notification : notifications) {
      byte[] key = notification.key().getBytes(UTF_8);
      sent.add(
          producer.send(new ProducerRecord<>(outbox, key, NotificationJson.toJson(notification))));
    }
    producer.flush();
    for (Future<?> each : sent) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException("could not write to " + outbox, e);
      }
    }
  }

  private static Notification again(
      String id, String sink, String route, Incident incident, long nowMillis) {
    return new Notification(id, sink, route, Occasion.REDELIVERY, "", 0, nowMillis, incident);
  }

  /** What somebody else wrote into the topic is no reason to leave out the rest. */
  private static Optional<DeadLetter.Undelivered> undelivered(byte[] json) {
    try {
      return DeadLetter.undelivered(json);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<TopicPartition, Long> seek(
      Consumer<byte[], byte[]> consumer, String topic, long sinceMillis) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> since = new HashMap<>();
    partitions.forEach(partition -> since.put(partition, sinceMillis));
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(since);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
    }
    return ends;
  }

  private static boolean isBefore(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
