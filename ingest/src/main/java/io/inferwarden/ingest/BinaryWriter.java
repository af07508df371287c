package io.inferwarden.ingest;

import java.nio.ByteBuffer;

/** Appends values to a buffer that grows and is reused; big-endian, counts as LEB128 varints. */
final class BinaryWriter {
  private ByteBuffer buffer = ByteBuffer.allocate(1024);

  void clear() {
    buffer.clear();
  }

  byte[] toBytes() {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  void writeByte(int value) {
    room(1).put((byte) value);
  }

  void writeInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void writeLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void writeFloat(float value) {
    room(Float.BYTES).putFloat(value);
  }

  void writeDouble(double value) {
    room(Double.BYTES).putDouble(value);
  }

  /** Seven bits a byte, the lowest first; negative values take five bytes. */
  void writeVarint(int value) {
    ByteBuffer target = room(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      target.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    target.put((byte) rest);
  }

  /** Length and width in one varint, then one byte a character, or two when any needs it. */
  void writeString(String text) {
    int length = text.length();
    boolean isWide = false;
    for (int i = 0; i < length && !isWide; i++) {
      isWide = text.charAt(i) > 0xff;
    }
    writeVarint(length << 1 | (isWide ? 1 : 0));
    ByteBuffer target = room(2 * length);
    for (int i = 0; i < length; i++) {
      if (isWide) {
        target.putChar(text.charAt(i));
      } else {
        target.put((byte) text.charAt(i));
      }
    }
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
