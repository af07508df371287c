package io.inferwarden.app.audit;

import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads the audit topic until where it ends when the reading begins. In no group. */
public final class AuditTopic {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Takes what is read, the messages of a partition in their order. */
  public interface Taker {
    /** A partition is read from here on: its oldest message, where no time was asked for. */
    void startsAt(int partition, long offset);

    /** A message: lines, each a record. */
    void take(int partition, long offset, byte @Nullable [] message);
  }

  private final Map<String, Object> config;

  /**
   * The topic of a deployment.
   *
   * @param connection how to reach the cluster
   */
  public AuditTopic(Map<String, Object> connection) {
    this.config = new HashMap<>(connection);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
  }

  /** The partition, of so many, that holds the records of a principal. */
  public static int partitionOf(String principal, int partitions) {
    byte[] key = principal.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  /**
   * Reads.
   *
   * @param wanted which partitions, of how many there are
   * @param from records that came before this time are left out; empty for none
   * @param progress gets how much has been read, 0..1
   * @throws IOException if the topic cannot be read
   */
  public void read(
      Function<Integer, Set<Integer>> wanted,
      Optional<Instant> from,
      Taker taker,
      DoubleConsumer progress)
      throws IOException {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      read(consumer, wanted, from, taker, progress);
    } catch (KafkaException e) {
      throw new IOException(
          "could not read "
              + Topics.INFERENCE_AUDIT
              + " from Kafka at "
              + config.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  static void read(
      Consumer<byte[], byte[]> consumer,
      Function<Integer, Set<Integer>> wanted,
      Optional<Instant> from,
      Taker taker,
      DoubleConsumer progress)
      throws IOException {
    int count = consumer.partitionsFor(Topics.INFERENCE_AUDIT).size();
    if (count == 0) {
      throw new IOException("there is no topic " + Topics.INFERENCE_AUDIT);
    }
    List<TopicPartition> partitions =
        wanted.apply(count).stream()
            .sorted()
            .map(number -> new TopicPartition(Topics.INFERENCE_AUDIT, number))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    seek(consumer, partitions, from, ends);
    for (TopicPartition partition : partitions) {
      taker.startsAt(partition.partition(), consumer.position(partition));
    }
    long toRead = unread(consumer, ends);
    for (long left = toRead; left > 0; left = unread(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> taken : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(taken.topic(), taken.partition());
        if (taken.offset() < ends.getOrDefault(partition, 0L)) {
          taker.take(taken.partition(), taken.offset(), taken.value());
        }
      }
      progress.accept(1 - left / (double) toRead);
    }
  }

  private static void seek(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Optional<Instant> from,
      Map<TopicPartition, Long> ends) {
    consumer.seekToBeginning(partitions);
    if (from.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    long fromMillis = Math.max(0, from.get().toEpochMilli());
    partitions.forEach(partition -> times.put(partition, fromMillis));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> places =
        new HashMap<>(consumer.offsetsForTimes(times));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp place = places.get(partition);
      consumer.seek(partition, place == null ? ends.getOrDefault(partition, 0L) : place.offset());
    }
  }

  private static long unread(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    long unread = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      unread += Math.max(0, end.getValue() - consumer.position(end.getKey()));
    }
    return unread;
  }
}
