package io.inferwarden.bench.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the changelogs of an application would hold if they were compacted. */
final class Changelogs {
  private static final String SUFFIX = "-changelog";
  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * One store.
   *
   * @param keys that have a value
   * @param bytes of these keys and their latest values
   * @param records that were written, which a start reads as long as nothing is compacted
   */
  record Size(long keys, long bytes, long records) {}

  /** The latest record of each key. */
  private static final class Latest {
    private final Map<Long, Integer> bytesByKey = new HashMap<>();
    private long records;

    void add(ConsumerRecord<byte[], byte[]> record) {
      records++;
      long key = hash(record.key(), record.partition());
      if (record.value() == null) {
        bytesByKey.remove(key);
      } else {
        bytesByKey.put(key, record.key().length + record.value().length);
      }
    }

    Size size() {
      long bytes = bytesByKey.values().stream().mapToLong(Integer::longValue).sum();
      return new Size(bytesByKey.size(), bytes, records);
    }

    /** FNV-1a of 64 bits: among a million keys two are alike once in 37 million times. */
    private static long hash(byte[] key, int partition) {
      long hash = 0xcbf29ce484222325L ^ partition;
      for (byte each : key) {
        hash = (hash ^ each) * 0x100000001b3L;
      }
      return hash;
    }
  }

  private Changelogs() {}

  /** Reads all changelogs of an application to their end; by store. */
  static SortedMap<String, Size> read(String bootstrapServers, String application) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    SortedMap<String, Size> sizes = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer
          .listTopics()
          .forEach(
              (topic, partitions) -> {
                if (topic.startsWith(application + "-") && topic.endsWith(SUFFIX)) {
                  String store =
                      topic.substring(application.length() + 1, topic.length() - SUFFIX.length());
                  sizes.put(
                      store,
                      read(
                          consumer,
                          partitions.stream()
                              .map(each -> new TopicPartition(topic, each.partition()))
                              .toList()));
                }
              });
    }
    return sizes;
  }

  private static Size read(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Latest latest = new Latest();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(latest::add);
    }
    return latest.size();
  }
}
