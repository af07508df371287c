package io.inferwarden.alerting.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which partitions of the outbox are this member's, and what is done in each. */
final class Ownership implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  /** A member that leaves must not hold up the group for a receiver that hangs. */
  private static final long GRACE_MILLIS = 2_000;

  private final SinkSession session;
  private final Consumer<byte[], byte[]> consumer;
  private final SinkQueue queue;
  private final AttemptPool pool;
  private final AlertingMetrics metrics;
  private final String sink;
  private final Map<TopicPartition, DoneOffsets> offsets = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private Map<TopicPartition, OffsetAndMetadata> beingCommitted = Map.of();

  Ownership(
      SinkSession session,
      Consumer<byte[], byte[]> consumer,
      SinkQueue queue,
      AttemptPool pool,
      AlertingMetrics metrics,
      String sink) {
    this.session = session;
    this.consumer = consumer;
    this.queue = queue;
    this.pool = pool;
    this.metrics = metrics;
    this.sink = sink;
  }

  /** What is done in a partition; null when it is not this member's. */
  @Nullable DoneOffsets offsets(int partition) {
    for (Map.Entry<TopicPartition, DoneOffsets> each : offsets.entrySet()) {
      if (each.getKey().partition() == partition) {
        return each.getValue();
      }
    }
    return null;
  }

  void markDone(Place place) {
    DoneOffsets ofPartition = offsets(place.partition());
    if (ofPartition != null) {
      ofPartition.markDone(place.offset());
    }
  }

  /** Whether what is done can still be told in a commit, however the rest ends. */
  boolean hasRoom() {
    return offsets.values().stream().allMatch(DoneOffsets::fits);
  }

  /** The places that have changed since the last commit. */
  Map<TopicPartition, OffsetAndMetadata> toCommit() {
    Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
    offsets.forEach(
        (partition, done) -> {
          if (done.isKnown()) {
            String metadata = done.encode();
            OffsetAndMetadata place = new OffsetAndMetadata(done.prefix(), metadata);
            if (!place.equals(committed.get(partition))) {
              changed.put(partition, place);
            }
          }
        });
    beingCommitted = changed;
    return changed;
  }

  void committed() {
    committed.putAll(beingCommitted);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      load(new HashSet<>(partitions));
    }
  }

  /** Finishes what ends soon, commits, and leaves the rest to the next owner. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    try {
      long deadline = session.nowMillis() + GRACE_MILLIS;
      for (TopicPartition partition : partitions) {
        session.awaitEnds(partition.partition(), deadline);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    if (!session.commit()) {
      startOver(partitions);
      return;
    }
    partitions.forEach(this::drop);
    Set<Integer> numbers =
        partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    metrics.countHandedOver(sink, queue.forget(numbers));
  }

  /** Another member may already work there, so nothing that is not committed may be. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    startOver(partitions);
  }

  /** Forgets everything and goes back to what is committed: a digest may span partitions. */
  private void startOver(Collection<TopicPartition> lost) {
    LOG.info("Sink {} goes back to what is committed, without {}", sink, lost);
    pool.interruptAll();
    metrics.countHandedOver(sink, queue.clear());
    lost.forEach(this::drop);
    Set<TopicPartition> kept = new HashSet<>(offsets.keySet());
    if (kept.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> places = load(kept);
    for (TopicPartition partition : kept) {
      OffsetAndMetadata place = places.get(partition);
      if (place == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, place.offset());
      }
    }
  }

  private void drop(TopicPartition partition) {
    offsets.remove(partition);
    committed.remove(partition);
  }

  private Map<TopicPartition, OffsetAndMetadata> load(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> places = consumer.committed(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata place = places.get(partition);
      offsets.put(partition, place == null ? DoneOffsets.fresh() : decoded(partition, place));
      committed.remove(partition);
    }
    return places;
  }

  /** Metadata of another hand costs deliveries that were made already, not their loss. */
  private static DoneOffsets decoded(TopicPartition partition, OffsetAndMetadata place) {
    try {
      return DoneOffsets.decode(place.offset(), place.metadata());
    } catch (IllegalArgumentException e) {
      LOG.warn("What was done beyond {} of {} is unreadable", place.offset(), partition, e);
      return DoneOffsets.decode(place.offset(), "");
    }
  }
}
