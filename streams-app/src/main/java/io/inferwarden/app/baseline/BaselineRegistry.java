package io.inferwarden.app.baseline;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.app.state.TopicFollower;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All baselines of the deployment, as every instance reads them from the compacted topic. Written
 * by the global thread of Kafka Streams, read by all others.
 */
public final class BaselineRegistry implements StateStore, TopicFollower {
  private static final Logger LOG = LoggerFactory.getLogger(BaselineRegistry.class);

  private final String name;
  private final Map<String, ModelBaselines> byModel = new ConcurrentHashMap<>();
  private final AtomicLong revision = new AtomicLong();
  private volatile boolean open;

  public BaselineRegistry(String name) {
    this.name = name;
  }

  /** The baselines of a model, or null while its first one is being learned. */
  public @Nullable ModelBaselines of(String model) {
    return byModel.get(model);
  }

  /** The baseline with this id, or null when it was replaced. */
  public @Nullable BaselineRecord withId(String id) {
    for (ModelBaselines model : byModel.values()) {
      BaselineRecord found = model.withId(id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Grows with every change: a reader that saw this revision has nothing new to look for. */
  public long revision() {
    return revision.get();
  }

  /** All baselines, by model and in the order in which they were learned. */
  public List<BaselineRecord> all() {
    List<BaselineRecord> all = new ArrayList<>();
    byModel.values().forEach(model -> all.addAll(model.all()));
    all.sort(
        Comparator.comparing(BaselineRecord::model)
            .thenComparingLong(BaselineRecord::learnedUntilMillis)
            .thenComparing(BaselineRecord::id));
    return all;
  }

  /**
   * Takes a record of the topic: a baseline, or null to forget it. Bytes that are no baseline are
   * logged and left out.
   */
  @Override
  public void accept(String topicKey, byte @Nullable [] value) {
    String model = topicKey.substring(0, Math.max(0, topicKey.indexOf('\u001f')));
    if (value == null) {
      String version = topicKey.substring(topicKey.indexOf('\u001f') + 1);
      byModel.compute(model, (key, known) -> ModelBaselines.without(known, version));
    } else {
      try {
        BaselineRecord baseline = BaselineRecord.fromBytes(value);
        byModel.compute(baseline.model(), (key, known) -> ModelBaselines.with(known, baseline));
      } catch (NewerFormatException e) {
        throw e; // or the model would be learned anew, or judged by an older baseline
      } catch (IllegalArgumentException | BufferUnderflowException e) {
        LOG.error(
            "The baselines topic holds something under key {} that is no baseline: {}",
            topicKey,
            e.toString());
        return;
      }
    }
    revision.incrementAndGet();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> accept(new String(key, StandardCharsets.UTF_8), value));
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
