package io.inferwarden.app.topology;

import io.inferwarden.app.message.Progress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** What concerns everybody goes to every partition of the next stage; all else goes by its key. */
final class Broadcast<M> implements StreamPartitioner<String, M> {
  private final Predicate<M> concernsEverybody;

  private Broadcast(Predicate<M> concernsEverybody) {
    this.concernsEverybody = concernsEverybody;
  }

  /** How far a partition has come concerns everybody. */
  static <M> Broadcast<M> progress() {
    return new Broadcast<>(message -> message instanceof Progress);
  }

  /** Everything concerns everybody. */
  static <M> Broadcast<M> all() {
    return new Broadcast<>(message -> true);
  }

  @Override
  public Optional<Set<Integer>> partitions(String topic, String key, M message, int partitions) {
    return concernsEverybody.test(message)
        ? Optional.of(
            IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()))
        : Optional.empty();
  }
}
