package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * The last 32 distinct inputs of a principal: eight projection codes and 16 bits of the fingerprint
 * each. An input repeats another when both are equal.
 */
final class InputRing {
  private static final int CAPACITY = 32;
  private static final int DIMENSIONS = Projection.DIMENSIONS;

  /** Distances to fewer inputs say too little. */
  private static final int FEWEST = 4;

  private byte[] inputs = new byte[0];
  private char[] fingerprints = new char[0];
  private long distinct;

  boolean contains(byte[] codes, long fingerprint) {
    for (int slot = 0; slot < size(); slot++) {
      int start = slot * DIMENSIONS;
      if (fingerprints[slot] == (char) fingerprint
          && Arrays.equals(inputs, start, start + DIMENSIONS, codes, 0, DIMENSIONS)) {
        return true;
      }
    }
    return false;
  }

  /** Euclidean distance to the nearest input kept; NaN while these are fewer than four. */
  float nearest(float[] projected, Projection projection) {
    if (distinct < FEWEST) {
      return Float.NaN;
    }
    float least = Float.MAX_VALUE;
    for (int start = 0; start < size() * DIMENSIONS; start += DIMENSIONS) {
      float sum = 0;
      for (int i = 0; i < DIMENSIONS; i++) {
        float difference = projection.decode(inputs[start + i]) - projected[i];
        sum += difference * difference;
      }
      least = Math.min(least, sum);
    }
    return (float) Math.sqrt(least);
  }

  void add(byte[] codes, long fingerprint) {
    int slot = (int) (distinct % CAPACITY);
    if (slot >= fingerprints.length) {
      int larger = Math.min(CAPACITY, Math.max(4, 2 * fingerprints.length));
      inputs = Arrays.copyOf(inputs, larger * DIMENSIONS);
      fingerprints = Arrays.copyOf(fingerprints, larger);
    }
    System.arraycopy(codes, 0, inputs, slot * DIMENSIONS, DIMENSIONS);
    fingerprints[slot] = (char) fingerprint;
    distinct++;
  }

  private int size() {
    return (int) Math.min(CAPACITY, distinct);
  }

  void writeTo(StateWriter out) {
    CompactForm.writeCount(out, distinct);
    for (int slot = 0; slot < size(); slot++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        out.writeByte(inputs[slot * DIMENSIONS + i]);
      }
      out.writeShort(fingerprints[slot]);
    }
  }

  static InputRing readFrom(StateReader in) {
    InputRing ring = new InputRing();
    ring.distinct = CompactForm.readCount(in);
    ring.inputs = new byte[ring.size() * DIMENSIONS];
    ring.fingerprints = new char[ring.size()];
    for (int slot = 0; slot < ring.size(); slot++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        ring.inputs[slot * DIMENSIONS + i] = in.readByte();
      }
      ring.fingerprints[slot] = (char) in.readShort();
    }
    return ring;
  }
}
