package io.inferwarden.app.state;

import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a store that every instance fills from a compacted topic, which is its changelog. */
public final class GlobalStoreBuilder<S extends StateStore> implements StoreBuilder<S> {
  private final String name;
  private final Function<String, S> constructor;

  public GlobalStoreBuilder(String name, Function<String, S> constructor) {
    this.name = name;
    this.constructor = constructor;
  }

  @Override
  public StoreBuilder<S> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<S> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public StoreBuilder<S> withLoggingDisabled() {
    return this;
  }

  @Override
  public S build() {
    return constructor.apply(name);
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public String name() {
    return name;
  }
}
