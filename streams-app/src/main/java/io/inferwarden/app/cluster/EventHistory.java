package io.inferwarden.app.cluster;

import io.inferwarden.app.names.Topics;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjDoubleConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads events again that the topic still holds. In no group: the platform's place stays. */
public final class EventHistory {
  private static final Duration POLL = Duration.ofMillis(200);

  /** No event comes earlier than this before its time: the parser refuses it. */
  private static final Duration MOST_EARLY = Duration.ofHours(1);

  /** The last records of a partition, among which is its newest event. */
  private static final long LAST_RECORDS = 500;

  private final Map<String, Object> config;
  private final long nowMillis;

  /**
   * The history of a deployment.
   *
   * @param connection how to reach the cluster
   * @param now the time that it is; events more than an hour later are none
   */
  public EventHistory(Map<String, Object> connection, Instant now) {
    this.config = new HashMap<>(connection);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.nowMillis = now.toEpochMilli();
  }

  /**
   * The event time of the newest event, of whichever model, but not later than now; empty when the
   * topic has no events.
   */
  public Optional<Instant> newest() throws IOException {
    try (Session session = new Session()) {
      return session.newest();
    } catch (KafkaException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the events of some models, in the order of event time as far as each partition has it.
   *
   * @param models whose events; those of all models when it is empty
   * @param from event time of the first, inclusive
   * @param until event time of the last, exclusive
   * @param taker gets each event, and how much of the topic has been read by then, 0..1
   */
  public void read(
      Set<String> models, Instant from, Instant until, ObjDoubleConsumer<RecordedEvent> taker)
      throws IOException {
    try (Session session = new Session()) {
      session.read(models, from, until, taker);
    } catch (KafkaException e) {
      throw unreadable(e);
    }
  }

  private static IOException unreadable(KafkaException e) {
    return new IOException("could not read " + Topics.INFERENCE_EVENTS + ": " + e.getMessage(), e);
  }

  /** One reading of the topic, up to what it holds when the reading begins. */
  private final class Session implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    private final List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.INFERENCE_EVENTS).stream()
            .map(known -> new TopicPartition(known.topic(), known.partition()))
            .toList();
    private final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    private final EventParser parser = new EventParser();
    private final InferenceEvent event = new InferenceEvent();
    private long toRead;
    private double fractionRead;

    Session() {
      consumer.assign(partitions);
    }

    Optional<Instant> newest() {
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      for (TopicPartition partition : partitions) {
        long beginning = beginnings.getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(beginning, end(partition) - LAST_RECORDS));
      }
      long newestMillis = Long.MIN_VALUE;
      while (partitions.stream().anyMatch(this::hasMore)) {
        for (ConsumerRecord<byte[], byte[]> taken : consumer.poll(POLL)) {
          RecordedEvent read = event(taken);
          if (read != null) {
            newestMillis = Math.max(newestMillis, read.timeMillis());
          }
        }
      }
      return newestMillis == Long.MIN_VALUE
          ? Optional.empty()
          : Optional.of(Instant.ofEpochMilli(Math.min(newestMillis, nowMillis)));
    }

    void read(
        Set<String> models, Instant from, Instant until, ObjDoubleConsumer<RecordedEvent> taker) {
      seek(from);
      toRead = Math.max(1, unread());
      MergedByTime merged =
          new MergedByTime(partitions.size(), read -> taker.accept(read, fractionRead));
      while (goOn(merged)) {
        for (ConsumerRecord<byte[], byte[]> taken : consumer.poll(POLL)) {
          RecordedEvent read = event(taken);
          if (read != null
              && read.timeMillis() >= from.toEpochMilli()
              && read.timeMillis() < until.toEpochMilli()
              && (models.isEmpty() || models.contains(read.model()))) {
            merged.add(taken.partition(), read);
          }
        }
      }
    }

    /**
     * The broker's clock stamps the records: no event of the window came before the window by more
     * than the parser allows, but replayed ones may have come long after it.
     */
    private void seek(Instant from) {
      long cameMillis = Math.max(0, from.minus(MOST_EARLY).toEpochMilli());
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, cameMillis));
      Map<TopicPartition, @Nullable OffsetAndTimestamp> places =
          new HashMap<>(consumer.offsetsForTimes(times));
      for (TopicPartition partition : partitions) {
        OffsetAndTimestamp place = places.get(partition);
        consumer.seek(partition, place == null ? end(partition) : place.offset());
      }
    }

    /** Hands on what can be; whether there is more to read, from those that have too little. */
    private boolean goOn(MergedByTime merged) {
      fractionRead = 1 - unread() / (double) toRead;
      for (TopicPartition partition : partitions) {
        if (!hasMore(partition)) {
          merged.finish(partition.partition());
        }
      }
      merged.handOn();
      List<TopicPartition> more = partitions.stream().filter(this::hasMore).toList();
      List<TopicPartition> wanted =
          more.stream().filter(partition -> !merged.hasEnough(partition.partition())).toList();
      consumer.pause(partitions);
      consumer.resume(wanted);
      return !more.isEmpty();
    }

    private boolean hasMore(TopicPartition partition) {
      return consumer.position(partition) < end(partition);
    }

    private long end(TopicPartition partition) {
      return ends.getOrDefault(partition, 0L);
    }

    private long unread() {
      return partitions.stream()
          .mapToLong(partition -> Math.max(0, end(partition) - consumer.position(partition)))
          .sum();
    }

    /** The event in a record; null where it is none, or came after the reading began. */
    private @Nullable RecordedEvent event(ConsumerRecord<byte[], byte[]> taken) {
      byte[] json = taken.value();
      long end = end(new TopicPartition(taken.topic(), taken.partition()));
      if (json == null
          || taken.offset() >= end
          || parser.parse(json, 0, json.length, nowMillis, event) != null) {
        return null;
      }
      return new RecordedEvent(event.timeMillis(), event.model(), event.version(), json);
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
