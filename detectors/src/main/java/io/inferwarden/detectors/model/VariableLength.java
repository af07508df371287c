package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** Counts in seven bits a byte, low bits first: small counts cost one byte. */
final class VariableLength {
  private static final int MOST_BITS = 63;

  private VariableLength() {}

  static void write(StateWriter writer, long value) {
    long rest = value;
    while (rest > 0x7f) {
      writer.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    writer.writeByte((int) rest);
  }

  static long read(StateReader reader) {
    long value = 0;
    for (int shift = 0; shift < MOST_BITS; shift += 7) {
      int each = reader.readByte();
      value |= (long) (each & 0x7f) << shift;
      if (each >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a count must have at most 9 bytes");
  }

  static int readInt(StateReader reader) {
    return Math.toIntExact(read(reader));
  }
}
