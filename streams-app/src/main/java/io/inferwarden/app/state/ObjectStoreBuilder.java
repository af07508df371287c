package io.inferwarden.app.state;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds an {@link ObjectStore} for each task. */
public final class ObjectStoreBuilder<V> implements StoreBuilder<ObjectStore<V>> {
  private final String name;
  private final StateCodec<V> codec;
  private boolean logged;
  private Map<String, String> logConfig = Map.of();

  /**
   * @param name of the store, and part of its changelog topic's name
   * @param codec the binary form of what it keeps
   * @param logged whether there is a changelog; a backtest needs none, since nothing is to be
   *     restored
   */
  public ObjectStoreBuilder(String name, StateCodec<V> codec, boolean logged) {
    this.name = name;
    this.codec = codec;
    this.logged = logged;
  }

  @Override
  public StoreBuilder<ObjectStore<V>> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<ObjectStore<V>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<ObjectStore<V>> withLoggingEnabled(Map<String, String> config) {
    logged = true;
    logConfig = Map.copyOf(config);
    return this;
  }

  @Override
  public StoreBuilder<ObjectStore<V>> withLoggingDisabled() {
    logged = false;
    return this;
  }

  @Override
  public ObjectStore<V> build() {
    return new ObjectStore<>(name, codec, logged);
  }

  @Override
  public Map<String, String> logConfig() {
    return logConfig;
  }

  @Override
  public boolean loggingEnabled() {
    return logged;
  }

  @Override
  public String name() {
    return name;
  }
}
