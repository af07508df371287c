package io.inferwarden.app.state;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * The binary form of one kind of state. What is read back must behave exactly as what was written,
 * since a restored instance has to raise the same incidents as one that never stopped.
 */
public interface StateCodec<V> {
  /**
   * The version of the form: every record of the changelog begins with it. It grows with each
   * change of what {@link #write} and all that it calls put out.
   */
  default int format() {
    return 1;
  }

  void write(V value, StateWriter out);

  V read(StateReader in);

  /** Bytes as they are. */
  StateCodec<byte[]> BYTES =
      new StateCodec<>() {
        @Override
        public void write(byte[] value, StateWriter out) {
          out.writeBytes(value);
        }

        @Override
        public byte[] read(StateReader in) {
          return in.readBytes();
        }
      };

  /** A single number. */
  StateCodec<Long> LONG =
      new StateCodec<>() {
        @Override
        public void write(Long value, StateWriter out) {
          out.writeLong(value);
        }

        @Override
        public Long read(StateReader in) {
          return in.readLong();
        }
      };
}
