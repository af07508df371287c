package io.inferwarden.app.state;

import io.inferwarden.alerting.NewerFormatException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that every instance fills from a compacted topic. A record that cannot be read is logged
 * and changes nothing; one of a newer release fails, so that nobody judges without it.
 */
public abstract class CompactedTopicStore implements StateStore, TopicFollower {
  private static final Logger LOG = LoggerFactory.getLogger(CompactedTopicStore.class);

  private final String name;
  private volatile boolean open;

  protected CompactedTopicStore(String name) {
    this.name = name;
  }

  /** Takes a record; null is a tombstone. An {@link IllegalArgumentException} refuses it. */
  protected abstract void take(String key, byte @Nullable [] value);

  @Override
  public final void accept(String key, byte @Nullable [] value) {
    try {
      take(key, value);
    } catch (NewerFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      LOG.error("A record of {} cannot be read and is left out: {}", name, e.toString());
    }
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> accept(new String(key, StandardCharsets.UTF_8), value));
    open = true;
  }

  @Override
  public final void close() {
    open = false;
  }

  @Override
  public final boolean persistent() {
    return false;
  }

  @Override
  public final boolean isOpen() {
    return open;
  }
}
