package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** The binary form of counts that are mostly 0: those that are not, each with its place. */
final class SparseCounts {
  private SparseCounts() {}

  static void write(float[] counts, StateWriter writer) {
    int used = 0;
    for (float count : counts) {
      used += count == 0 ? 0 : 1;
    }
    writer.writeShort(used);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        writer.writeShort(i).writeFloat(counts[i]);
      }
    }
  }

  static float[] read(StateReader reader, int bins) {
    float[] counts = new float[bins];
    for (int left = reader.readShort(); left > 0; left--) {
      int bin = reader.readShort();
      if (bin < 0 || bin >= bins) {
        throw new IllegalArgumentException("bin must be in [0, " + bins + "), was " + bin);
      }
      counts[bin] = reader.readFloat();
    }
    return counts;
  }
}
