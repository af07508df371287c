package io.inferwarden.ingest.collector.log;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a writer has come, as its last committed transaction says. It stands as the offsets of a
 * group that nobody joins, so it is committed with the records or not at all: of the audit topic's
 * partitions with the heads of the chains, of the first partition of the events' with the place in
 * the spool.
 *
 * @param heads of the audit chains, by partition
 * @param spool place in the spool
 */
record WriterPlace(Map<Integer, String> heads, SpoolPosition spool) {
  WriterPlace {
    heads = Map.copyOf(heads);
  }

  Map<TopicPartition, OffsetAndMetadata> toOffsets(LogTopics topics) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    heads.forEach(
        (partition, head) ->
            offsets.put(
                new TopicPartition(topics.audit(), partition), new OffsetAndMetadata(0, head)));
    offsets.put(
        new TopicPartition(topics.events(), 0),
        new OffsetAndMetadata(spool.offset(), spool.spool()));
    return offsets;
  }

  private static WriterPlace of(Map<TopicPartition, OffsetAndMetadata> offsets, LogTopics topics) {
    Map<Integer, String> heads = new HashMap<>();
    SpoolPosition spool = SpoolPosition.NONE;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : offsets.entrySet()) {
      OffsetAndMetadata offset = entry.getValue();
      if (offset == null) {
        continue;
      }
      if (entry.getKey().topic().equals(topics.audit())) {
        heads.put(entry.getKey().partition(), offset.metadata());
      } else if (entry.getKey().equals(new TopicPartition(topics.events(), 0))) {
        spool = new SpoolPosition(offset.metadata(), offset.offset());
      }
    }
    return new WriterPlace(heads, spool);
  }

  /**
   * What the cluster has; no transaction of this writer may be open.
   *
   * @param consumer of the group, which is not to join it
   * @param partitions of the events, and of the audit
   * @throws KafkaException when it does not say in time
   */
  static WriterPlace read(
      Consumer<byte[], byte[]> consumer, LogTopics topics, int partitions, boolean isAudited) {
    Set<TopicPartition> asked = new HashSet<>();
    asked.add(new TopicPartition(topics.events(), 0));
    for (int partition = 0; isAudited && partition < partitions; partition++) {
      asked.add(new TopicPartition(topics.audit(), partition));
    }
    return of(consumer.committed(asked), topics);
  }
}
