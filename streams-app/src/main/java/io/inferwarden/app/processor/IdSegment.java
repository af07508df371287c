package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * A run of remembered event ids, small enough to be written again at each commit until it is full.
 */
final class IdSegment {
  static final int CAPACITY = 512;

  final long[] hashes = new long[CAPACITY];
  final long[] timesMillis = new long[CAPACITY];
  int size;

  static final StateCodec<IdSegment> CODEC =
      new StateCodec<>() {
        @Override
        public void write(IdSegment segment, StateWriter out) {
          out.writeInt(segment.size);
          for (int i = 0; i < segment.size; i++) {
            out.writeLong(segment.hashes[i]).writeLong(segment.timesMillis[i]);
          }
        }

        @Override
        public IdSegment read(StateReader in) {
          IdSegment segment = new IdSegment();
          segment.size = in.readInt();
          for (int i = 0; i < segment.size; i++) {
            segment.hashes[i] = in.readLong();
            segment.timesMillis[i] = in.readLong();
          }
          return segment;
        }
      };
}
