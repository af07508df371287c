package io.inferwarden.app.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs a topology in one thread, with one partition of each topic and neither broker nor
 * changelogs. Whatever a record leads to is done before the next one is taken, in the order in
 * which Kafka's own {@code TopologyTestDriver} does it; records between stages are serialised as
 * ever. What that driver does beside it, above all a commit after each record, is left out.
 */
final class TopologyRun implements AutoCloseable {
  /** What was written to a topic; its time is the wall clock's. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier; nobody compares it
  record Written(String topic, byte @Nullable [] key, byte @Nullable [] value, long timeMillis) {}

  private record Place(String topic, int partition, long offset) implements RecordMetadata {}

  /** Records of a topic that a stage has yet to read. */
  private static final class Inbox {
    final RecordedTopology.Source source;
    final List<Consumer<Record<?, ?>>> readers = new ArrayList<>();
    final Queue<Written> waiting = new ArrayDeque<>();
    long nextOffset;

    Inbox(RecordedTopology.Source source) {
      this.source = source;
    }

    long firstMillis() {
      return waiting.element().timeMillis();
    }
  }

  private final Map<String, StateStore> stores = new HashMap<>();
  private final List<CachedStateStore<?, ?>> cachedStores = new ArrayList<>();
  private final List<Processor<?, ?, ?, ?>> processors = new ArrayList<>();
  private final Map<String, Inbox> inboxes = new HashMap<>();
  private final Map<String, Consumer<Written>> followers = new HashMap<>();
  private final Consumer<Written> output;
  private final Punctuations punctuations = new Punctuations();
  private final Queue<Written> written = new ArrayDeque<>();

  /** Inboxes with records; of equally old ones the queue's own order decides, as in Kafka. */
  private final PriorityQueue<Inbox> filled =
      new PriorityQueue<>(Comparator.comparingLong(Inbox::firstMillis));

  private @Nullable Place place;
  private long nowMillis;

  /**
   * Starts the stages.
   *
   * @param topology whose stores must be without changelogs
   * @param now the time that it is
   * @param output hears all that any stage writes, in its order
   */
  TopologyRun(RecordedTopology topology, Instant now, Consumer<Written> output) {
    topology.requireComplete();
    this.nowMillis = now.toEpochMilli();
    this.output = output;
    topology.globalStores().forEach(this::addGlobalStore);
    Map<String, Collection<StageContext.Child>> childrenOf = new HashMap<>();
    Map<String, StageContext> contexts = new HashMap<>();
    List<Runnable> starts = new ArrayList<>();
    for (RecordedTopology.Stage stage : topology.stages()) {
      StageContext context = new StageContext(this);
      contexts.put(stage.name(), context);
      StageContext.Child child = new StageContext.Child(stage.name(), add(stage, context, starts));
      stage.parents().forEach(parent -> addChild(childrenOf, parent, child));
    }
    for (RecordedTopology.Sink sink : topology.sinks()) {
      StageContext.Child child = new StageContext.Child(sink.name(), writerOf(sink));
      sink.parents().forEach(parent -> addChild(childrenOf, parent, child));
    }
    contexts.forEach(
        (name, context) -> childrenOf.getOrDefault(name, List.of()).forEach(context::addChild));
    for (RecordedTopology.Source source : topology.sources()) {
      for (String topic : source.topics()) {
        Inbox inbox = new Inbox(source);
        childrenOf
            .getOrDefault(source.name(), List.of())
            .forEach(child -> inbox.readers.add(child.receiver()));
        inboxes.put(topic, inbox);
      }
    }
    starts.forEach(Runnable::run);
  }

  private static void addChild(
      Map<String, Collection<StageContext.Child>> childrenOf,
      String parent,
      StageContext.Child child) {
    childrenOf.computeIfAbsent(parent, unseen -> new ArrayList<>()).add(child);
  }

  private void addGlobalStore(RecordedTopology.GlobalStore global) {
    addStore(global.store());
    Processor<Object, Object, ?, ?> processor = started(global.processor());
    followers.put(
        global.topic(), record -> processor.process(read(global.keys(), global.values(), record)));
  }

  private Processor<Object, Object, ?, ?> started(ProcessorSupplier<?, ?, Void, Void> supplier) {
    Processor<Object, Object, Object, Object> processor = untyped(supplier.get());
    processor.init(new StageContext(this));
    processors.add(processor);
    return processor;
  }

  private Consumer<Record<?, ?>> add(
      RecordedTopology.Stage stage, StageContext context, List<Runnable> starts) {
    stage.processor().stores().forEach(this::addStore);
    Processor<Object, Object, Object, Object> processor = untyped(stage.processor().get());
    processors.add(processor);
    starts.add(() -> processor.init(context));
    return record -> processor.process(untyped(record));
  }

  /** The topology holds together by the types with which it was wired. */
  @SuppressWarnings("unchecked")
  private static <A, B> Processor<Object, Object, Object, Object> untyped(
      Processor<?, ?, A, B> processor) {
    return (Processor<Object, Object, Object, Object>) processor;
  }

  @SuppressWarnings("unchecked")
  private static Record<Object, Object> untyped(Record<?, ?> record) {
    return (Record<Object, Object>) record;
  }

  private void addStore(StoreBuilder<?> builder) {
    if (builder.loggingEnabled()) {
      throw new IllegalArgumentException(
          "stores must be without changelogs, was with one: " + builder.name());
    }
    // Not initialised: a store without a changelog has nothing to restore.
    StateStore store = builder.build();
    stores.put(builder.name(), store);
    if (store instanceof CachedStateStore<?, ?> cached) {
      cachedStores.add(cached);
    }
  }

  private Consumer<Record<?, ?>> writerOf(RecordedTopology.Sink sink) {
    Serializer<Object> keys = untyped(sink.keys());
    Serializer<Object> values = untyped(sink.values());
    String topic = sink.topic();
    return record ->
        written.add(
            new Written(
                topic,
                keys.serialize(topic, record.key()),
                values.serialize(topic, record.value()),
                record.timestamp()));
  }

  @SuppressWarnings("unchecked")
  private static Serializer<Object> untyped(Serializer<?> serializer) {
    return (Serializer<Object>) serializer;
  }

  StateStore store(String name) {
    StateStore store = stores.get(name);
    if (store == null) {
      throw new IllegalArgumentException("name must be a store's, was " + name);
    }
    return store;
  }

  Cancellable schedule(Instant start, Duration interval, Punctuator punctuator) {
    return punctuations.add(start, interval, punctuator);
  }

  long nowMillis() {
    return nowMillis;
  }

  Optional<RecordMetadata> recordMetadata() {
    return Optional.ofNullable(place);
  }

  /** Takes a record that somebody else wrote to a topic, and does all that follows from it. */
  void pipe(String topic, byte @Nullable [] key, byte[] value) {
    handOn(new Written(topic, key, value, nowMillis));
    work();
  }

  /** Lets the wall clock go on, and does all that follows from it. */
  void advance(Duration duration) {
    nowMillis += duration.toMillis();
    place = null;
    punctuations.callDue(nowMillis);
    handOnWritten();
    work();
  }

  private void work() {
    for (Inbox inbox = filled.poll(); inbox != null; inbox = filled.poll()) {
      Written record = inbox.waiting.remove();
      if (!inbox.waiting.isEmpty()) {
        filled.add(inbox);
      }
      read(inbox, record);
      handOnWritten();
    }
  }

  private void read(Inbox inbox, Written record) {
    place = new Place(record.topic(), 0, inbox.nextOffset++);
    Record<Object, Object> read = read(inbox.source.keys(), inbox.source.values(), record);
    for (Consumer<Record<?, ?>> reader : inbox.readers) {
      reader.accept(read);
    }
  }

  private static Record<Object, Object> read(
      Deserializer<?> keys, Deserializer<?> values, Written record) {
    return new Record<>(
        keys.deserialize(record.topic(), record.key()),
        values.deserialize(record.topic(), record.value()),
        record.timeMillis());
  }

  private void handOnWritten() {
    for (Written record = written.poll(); record != null; record = written.poll()) {
      output.accept(record);
      handOn(record);
    }
  }

  private void handOn(Written record) {
    Inbox inbox = inboxes.get(record.topic());
    if (inbox != null) {
      inbox.waiting.add(record);
      if (inbox.waiting.size() == 1) {
        filled.add(inbox);
      }
    }
    Consumer<Written> follower = followers.get(record.topic());
    if (follower != null) {
      follower.accept(record);
    }
  }

  /** Lets stores forget what they keep for a commit. */
  void commit() {
    cachedStores.forEach(CachedStateStore::flushCache);
  }

  @Override
  public void close() {
    processors.forEach(Processor::close);
    stores.values().forEach(StateStore::close);
  }
}
