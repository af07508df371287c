package io.inferwarden.ingest;

import java.nio.ByteBuffer;

/** Reads what {@link BinaryWriter} wrote; throws {@link IllegalArgumentException} on less. */
final class BinaryReader {
  private final ByteBuffer buffer;
  private final VocabularyCache words;
  private char[] characters = new char[64];

  BinaryReader(byte[] bytes, VocabularyCache words) {
    this.buffer = ByteBuffer.wrap(bytes);
    this.words = words;
  }

  int readByte() {
    return require(1).get();
  }

  int readInt() {
    return require(Integer.BYTES).getInt();
  }

  long readLong() {
    return require(Long.BYTES).getLong();
  }

  float readFloat() {
    return require(Float.BYTES).getFloat();
  }

  double readDouble() {
    return require(Double.BYTES).getDouble();
  }

  int readVarint() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = readByte();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("varint must be at most 5 bytes");
  }

  /** A count of things that each take at least one byte. */
  int readCount() {
    int count = readVarint();
    require(count);
    return count;
  }

  /** A string of a small vocabulary: the same object again for the same characters. */
  String readString() {
    int length = readCharacters();
    return words.get(characters, 0, length);
  }

  /** A string that is not expected again. */
  String readUniqueString() {
    int length = readCharacters();
    return new String(characters, 0, length);
  }

  private int readCharacters() {
    int header = readVarint();
    int length = header >>> 1;
    boolean isWide = (header & 1) == 1;
    if (length > buffer.remaining()) {
      throw truncated(length);
    }
    require(isWide ? 2 * length : length);
    if (characters.length < length) {
      characters = new char[Math.max(length, 2 * characters.length)];
    }
    for (int i = 0; i < length; i++) {
      characters[i] = isWide ? buffer.getChar() : (char) (buffer.get() & 0xff);
    }
    return length;
  }

  void requireEnd() {
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          "binary event must end here, " + buffer.remaining() + " bytes remain");
    }
  }

  private ByteBuffer require(int bytes) {
    if (bytes < 0 || buffer.remaining() < bytes) {
      throw truncated(bytes);
    }
    return buffer;
  }

  private IllegalArgumentException truncated(int bytes) {
    return new IllegalArgumentException(
        "binary event must have "
            + bytes
            + " more bytes, has "
            + buffer.remaining()
            + ": truncated or corrupt");
  }
}
