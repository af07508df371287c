package io.inferwarden.app.processor;

import io.inferwarden.app.state.TopicFollower;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Hands each record of a compacted topic to the store that follows it. */
public final class FollowTopic {
  private FollowTopic() {}

  /** The processor of a global store. */
  public static ProcessorSupplier<String, byte[], Void, Void> into(String store) {
    return () -> new Follower(store);
  }

  private static final class Follower implements Processor<String, byte[], Void, Void> {
    private final String store;
    private TopicFollower follower;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    Follower(String store) {
      this.store = store;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      follower = (TopicFollower) context.getStateStore(store);
    }

    @Override
    public void process(Record<String, byte[]> record) {
      follower.accept(record.key(), record.value());
    }
  }
}
