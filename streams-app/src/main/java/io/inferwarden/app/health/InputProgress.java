package io.inferwarden.app.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of the assigned partitions has come, from one look to the next: how much is
 * left, and for how long nothing has moved where something is left.
 *
 * <p>Not thread-safe. Times are nanoseconds of one clock, whose zero means nothing.
 */
final class InputProgress {

  /** A partition that does not move although it has records to be read. */
  record Stillness(TopicPartition partition, long lag, long nanos) {}

  private static final class Place {
    private long read;
    private long lag;
    private long movedNanos;
  }

  private final Map<TopicPartition, Place> places = new HashMap<>();
  private boolean hasLooked;

  /** Takes what a look at all partitions that are assigned has seen. */
  void look(List<PartitionPosition> positions, long nowNanos) {
    hasLooked = true;
    Map<TopicPartition, Place> before = new HashMap<>(places);
    places.clear();
    for (PartitionPosition position : positions) {
      places.put(position.partition(), moved(before.get(position.partition()), position, nowNanos));
    }
  }

  private static Place moved(@Nullable Place before, PartitionPosition now, long nowNanos) {
    Place place = before == null ? new Place() : before;
    boolean hasMoved = before == null || place.read != now.read();
    place.read = now.read();
    place.lag = Math.max(0, now.end() - now.read());
    if (!hasMoved && now.isReaderIdle()) {
      place.lag = 0;
    }
    if (hasMoved || place.lag == 0) {
      place.movedNanos = nowNanos;
    }
    return place;
  }

  /** Nobody could look: what stands still meanwhile may do so because Kafka does. */
  void miss(long nowNanos) {
    places.values().forEach(place -> place.movedNanos = nowNanos);
  }

  /** Records that are left, by topic. */
  Map<String, Long> lagByTopic() {
    Map<String, Long> byTopic = new TreeMap<>();
    places.forEach((partition, place) -> byTopic.merge(partition.topic(), place.lag, Long::sum));
    return byTopic;
  }

  /** Records that are left; empty before the first look. */
  OptionalLong lag() {
    return hasLooked
        ? OptionalLong.of(places.values().stream().mapToLong(place -> place.lag).sum())
        : OptionalLong.empty();
  }

  /** The partition that stands still for longest, of those in which something is left. */
  Optional<Stillness> stillest(long nowNanos) {
    Stillness stillest = null;
    for (Map.Entry<TopicPartition, Place> entry : places.entrySet()) {
      Place place = entry.getValue();
      long nanos = nowNanos - place.movedNanos;
      if (place.lag > 0 && (stillest == null || nanos > stillest.nanos())) {
        stillest = new Stillness(entry.getKey(), place.lag, nanos);
      }
    }
    return Optional.ofNullable(stillest);
  }
}
