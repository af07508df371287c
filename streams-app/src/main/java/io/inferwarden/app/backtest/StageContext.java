package io.inferwarden.app.backtest;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What a stage sees of a {@link TopologyRun}. What no stage asks for is refused, so that one that
 * comes to ask for it is noticed.
 */
final class StageContext implements ProcessorContext<Object, Object> {
  /** Where a record goes from a stage. */
  record Child(String name, Consumer<Record<?, ?>> receiver) {}

  private static final TaskId TASK = new TaskId(0, 0);

  private final TopologyRun run;
  private final List<Child> children = new ArrayList<>();

  StageContext(TopologyRun run) {
    this.run = run;
  }

  void addChild(Child child) {
    children.add(child);
  }

  @Override
  public <K, V> void forward(Record<K, V> record) {
    for (Child child : children) {
      child.receiver().accept(record);
    }
  }

  @Override
  public <K, V> void forward(Record<K, V> record, String childName) {
    for (Child child : children) {
      if (child.name().equals(childName)) {
        child.receiver().accept(record);
        return;
      }
    }
    throw new IllegalArgumentException("childName must be a child of the stage, was " + childName);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as in Kafka's own contexts
  public <S extends StateStore> S getStateStore(String name) {
    return (S) run.store(name);
  }

  @Override
  public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
    return schedule(
        Instant.ofEpochMilli(run.nowMillis()).plus(interval), interval, type, punctuator);
  }

  @Override
  public Cancellable schedule(
      Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
    if (type != PunctuationType.WALL_CLOCK_TIME) {
      throw new UnsupportedOperationException("no stage is called as the time of records passes");
    }
    return run.schedule(start, interval, punctuator);
  }

  /** Nothing outlives the run: a commit would have nothing to write. */
  @Override
  public void commit() {}

  @Override
  public TaskId taskId() {
    return TASK;
  }

  @Override
  public Optional<RecordMetadata> recordMetadata() {
    return run.recordMetadata();
  }

  @Override
  public long currentSystemTimeMs() {
    return run.nowMillis();
  }

  @Override
  public long currentStreamTimeMs() {
    throw notOffered("the time of records");
  }

  @Override
  public String applicationId() {
    throw notOffered("an application's id");
  }

  @Override
  public Serde<?> keySerde() {
    throw notOffered("a serde of keys");
  }

  @Override
  public Serde<?> valueSerde() {
    throw notOffered("a serde of values");
  }

  @Override
  public File stateDir() {
    throw notOffered("a folder of state");
  }

  @Override
  public StreamsMetrics metrics() {
    throw notOffered("metrics of Kafka Streams");
  }

  @Override
  public Map<String, Object> appConfigs() {
    throw notOffered("a configuration");
  }

  @Override
  public Map<String, Object> appConfigsWithPrefix(String prefix) {
    throw notOffered("a configuration");
  }

  private static UnsupportedOperationException notOffered(String what) {
    return new UnsupportedOperationException("a backtest does not offer " + what);
  }
}
