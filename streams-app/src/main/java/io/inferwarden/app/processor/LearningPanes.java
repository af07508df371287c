package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Which events of a pane belong to the sample that a model version is learned from: those with the
 * smallest hashes. The smallest of all partitions together are among the smallest of each, so the
 * sample does not depend on how the events are partitioned.
 */
final class LearningPanes {
  /** Events of each pane and model version in the learning sample. */
  static final int PANE_SAMPLE = 256;

  /** One pane: how many events it had, and the smallest hashes among them in increasing order. */
  static final class Pane {
    long events;
    long[] smallest = new long[16];
    int size;

    /** Whether this event belongs to the sample as far as is known by now. */
    boolean offer(long hash) {
      events++;
      if (size == PANE_SAMPLE && hash >= smallest[size - 1]) {
        return false;
      }
      int found = Arrays.binarySearch(smallest, 0, size, hash);
      int at = found < 0 ? -found - 1 : found;
      if (size == smallest.length && size < PANE_SAMPLE) {
        smallest = Arrays.copyOf(smallest, Math.min(PANE_SAMPLE, size * 2));
      }
      int kept = Math.min(size, PANE_SAMPLE - 1);
      System.arraycopy(smallest, at, smallest, at + 1, kept - at);
      smallest[at] = hash;
      size = kept + 1;
      return true;
    }
  }

  final TreeMap<Long, Pane> panes = new TreeMap<>();

  static final StateCodec<LearningPanes> CODEC =
      new StateCodec<>() {
        @Override
        public void write(LearningPanes learning, StateWriter out) {
          out.writeInt(learning.panes.size());
          learning.panes.forEach(
              (start, pane) -> {
                out.writeLong(start).writeLong(pane.events).writeInt(pane.size);
                for (int i = 0; i < pane.size; i++) {
                  out.writeLong(pane.smallest[i]);
                }
              });
        }

        @Override
        public LearningPanes read(StateReader in) {
          LearningPanes learning = new LearningPanes();
          for (int left = in.readInt(); left > 0; left--) {
            Pane pane = new Pane();
            learning.panes.put(in.readLong(), pane);
            pane.events = in.readLong();
            pane.size = in.readInt();
            pane.smallest = new long[Math.max(16, pane.size)];
            for (int i = 0; i < pane.size; i++) {
              pane.smallest[i] = in.readLong();
            }
          }
          return learning;
        }
      };
}
