package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.settings.SettingsOf;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.ObjectStoreBuilder;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** Stores without a topology, and what a restart makes of them. */
final class Restored {
  private Restored() {}

  static DetectionSettings settings(int partitions) {
    return SettingsOf.policy(Policy.defaults(), partitions, false);
  }

  static <V> ObjectStore<V> empty(StateCodec<V> codec) {
    return new ObjectStoreBuilder<>("store", codec, false).build();
  }

  static <V> byte[] bytes(StateCodec<V> codec, V value) {
    StateWriter out = new StateWriter();
    codec.write(value, out);
    return out.toBytes();
  }

  /** The store as an instance finds it that takes the partition over. */
  static <V> ObjectStore<V> copy(ObjectStore<V> store, StateCodec<V> codec) {
    ObjectStore<V> copy = empty(codec);
    for (String key : store.sortedKeys()) {
      copy.put(key, throughBytes(codec, store.get(key)));
    }
    return copy;
  }

  /** Writes and reads an object; what was read must write the same bytes, and read all of them. */
  static <V> V throughBytes(StateCodec<V> codec, V value) {
    byte[] written = bytes(codec, value);
    StateReader in = new StateReader(written);
    V read = codec.read(in);
    assertThat(in.hasRemaining()).as("bytes left over").isFalse();
    assertThat(bytes(codec, read)).isEqualTo(written);
    return read;
  }
}
