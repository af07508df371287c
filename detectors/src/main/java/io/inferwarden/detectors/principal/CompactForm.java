package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** Binary forms that this package needs beside those of {@link StateWriter}. */
final class CompactForm {
  private CompactForm() {}

  /** Seven bits a byte, lowest first; small numbers are short. */
  static void writeCount(StateWriter out, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be >= 0, was " + count);
    }
    long rest = count;
    while (rest > 0x7f) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readCount(StateReader in) {
    long count = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      count |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return count;
      }
    }
    throw new IllegalArgumentException("count must end within 10 bytes");
  }

  /** A count that is the length of something held in memory. */
  static int readLength(StateReader in, int maximum) {
    long length = readCount(in);
    if (length > maximum) {
      throw new IllegalArgumentException("length must be <= " + maximum + ", was " + length);
    }
    return (int) length;
  }

  static void writeFloats(StateWriter out, float[] values) {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  static float[] readFloats(StateReader in) {
    int length = in.readInt();
    if (length < 0 || length > 1 << 22) {
      throw new IllegalArgumentException("length must be in [0, 2^22], was " + length);
    }
    float[] values = new float[length];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
