package io.inferwarden.app.backtest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * A topology that remembers what it is made of, in the order of the making, so that something other
 * than Kafka Streams can run it.
 */
final class RecordedTopology extends Topology {
  record Source(String name, List<String> topics, Deserializer<?> keys, Deserializer<?> values) {}

  record Stage(String name, ProcessorSupplier<?, ?, ?, ?> processor, List<String> parents) {}

  record Sink(
      String name, String topic, Serializer<?> keys, Serializer<?> values, List<String> parents) {}

  record GlobalStore(
      StoreBuilder<?> store,
      String topic,
      Deserializer<?> keys,
      Deserializer<?> values,
      ProcessorSupplier<?, ?, Void, Void> processor) {}

  private final List<Source> sources = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Sink> sinks = new ArrayList<>();
  private final List<GlobalStore> globalStores = new ArrayList<>();

  @Override
  public synchronized <K, V> Topology addSource(
      String name, Deserializer<K> keys, Deserializer<V> values, String... topics) {
    sources.add(new Source(name, List.of(topics), keys, values));
    return super.addSource(name, keys, values, topics);
  }

  @Override
  public synchronized <K, V, A, B> Topology addProcessor(
      String name, ProcessorSupplier<K, V, A, B> processor, String... parents) {
    stages.add(new Stage(name, processor, List.of(parents)));
    return super.addProcessor(name, processor, parents);
  }

  @Override
  public synchronized <K, V> Topology addSink(
      String name, String topic, Serializer<K> keys, Serializer<V> values, String... parents) {
    sinks.add(new Sink(name, topic, keys, values, List.of(parents)));
    return super.addSink(name, topic, keys, values, parents);
  }

  /** Where there is one partition, nobody needs to be asked which. */
  @Override
  public synchronized <K, V> Topology addSink(
      String name,
      String topic,
      Serializer<K> keys,
      Serializer<V> values,
      StreamPartitioner<? super K, ? super V> partitioner,
      String... parents) {
    sinks.add(new Sink(name, topic, keys, values, List.of(parents)));
    return super.addSink(name, topic, keys, values, partitioner, parents);
  }

  @Override
  public synchronized <K, V, S extends StateStore> Topology addGlobalStore(
      StoreBuilder<S> store,
      String source,
      Deserializer<K> keys,
      Deserializer<V> values,
      String topic,
      String name,
      ProcessorSupplier<K, V, Void, Void> processor) {
    globalStores.add(new GlobalStore(store, topic, keys, values, processor));
    return super.addGlobalStore(store, source, keys, values, topic, name, processor);
  }

  List<Source> sources() {
    return List.copyOf(sources);
  }

  List<Stage> stages() {
    return List.copyOf(stages);
  }

  List<Sink> sinks() {
    return List.copyOf(sinks);
  }

  List<GlobalStore> globalStores() {
    return List.copyOf(globalStores);
  }

  /** Fails if anything was added in a way that is not remembered. */
  void requireComplete() {
    Set<String> unknown = new HashSet<>();
    TopologyDescription description = describe();
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      part.nodes().forEach(node -> unknown.add(node.name()));
    }
    sources.forEach(source -> unknown.remove(source.name()));
    stages.forEach(stage -> unknown.remove(stage.name()));
    sinks.forEach(sink -> unknown.remove(sink.name()));
    if (!unknown.isEmpty() || description.globalStores().size() != globalStores.size()) {
      throw new IllegalStateException(
          "all parts of the topology must be remembered, were not: " + unknown);
    }
  }
}
