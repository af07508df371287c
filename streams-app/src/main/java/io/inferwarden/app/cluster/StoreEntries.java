package io.inferwarden.app.cluster;

import io.inferwarden.app.state.ObjectStore;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * Asks Kafka Streams how many keys all parts of a store hold here. The counts are read while the
 * stores change, so each may be a moment old.
 */
final class StoreEntries implements QueryableStoreType<Object> {
  @Override
  public boolean accepts(StateStore store) {
    return store instanceof ObjectStore<?>;
  }

  @Override
  public Object create(StateStoreProvider provider, String name) {
    long entries = 0;
    for (Object part : provider.stores(name, this)) {
      entries += ((ObjectStore<?>) part).size();
    }
    return entries;
  }
}
