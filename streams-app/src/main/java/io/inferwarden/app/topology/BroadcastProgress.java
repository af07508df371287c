package io.inferwarden.app.topology;

import io.inferwarden.app.message.Progress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Progress goes to every partition of the next stage; all else goes by its key. */
final class BroadcastProgress<M> implements StreamPartitioner<String, M> {
  @Override
  public Optional<Set<Integer>> partitions(String topic, String key, M message, int partitions) {
    return message instanceof Progress
        ? Optional.of(
            IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()))
        : Optional.empty();
  }
}
