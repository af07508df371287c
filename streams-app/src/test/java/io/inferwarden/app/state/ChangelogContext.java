package io.inferwarden.app.state;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;

/** The part of Kafka Streams' context that a store uses: a changelog in memory. */
public final class ChangelogContext {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(byte[] key, byte[] value) {}

  private final List<Change> changes = new ArrayList<>();
  private StateRestoreCallback registered;

  public StateStoreContext context() {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "register" -> {
                registered = (StateRestoreCallback) arguments[1];
                yield null;
              }
              case "currentSystemTimeMs" -> 1_772_323_200_000L;
              case "logChange" -> {
                changes.add(new Change(((Bytes) arguments[1]).get(), (byte[]) arguments[2]));
                yield null;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            };
    return (StateStoreContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {InternalProcessorContext.class}, handler);
  }

  /** What was written, as {@code key=hexadecimal}. */
  List<String> entries() {
    List<String> entries = new ArrayList<>();
    for (Change change : changes) {
      entries.add(
          new String(change.key(), StandardCharsets.UTF_8)
              + "="
              + (change.value() == null ? "tombstone" : HexFormat.of().formatHex(change.value())));
    }
    return entries;
  }

  /** What was written last; null for a tombstone. */
  public byte[] latest() {
    return changes.get(changes.size() - 1).value();
  }

  /** Restores a record of a changelog into the store that was initialised last. */
  public void restore(byte[] key, byte[] value) {
    registered.restore(key, value);
  }

  /** Restores the changelog into the store that was initialised last. */
  <V> ObjectStore<V> restoredInto(ObjectStore<V> store) {
    changes.forEach(change -> registered.restore(change.key(), change.value()));
    return store;
  }
}
