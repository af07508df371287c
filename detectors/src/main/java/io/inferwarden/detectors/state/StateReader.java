package io.inferwarden.detectors.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StateWriter} wrote, in the same order. Reading past the end throws {@link
 * java.nio.BufferUnderflowException}.
 */
public final class StateReader {
  private final ByteBuffer buffer;

  public StateReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  public byte readByte() {
    return buffer.get();
  }

  public boolean readBoolean() {
    return buffer.get() != 0;
  }

  public short readShort() {
    return buffer.getShort();
  }

  public int readInt() {
    return buffer.getInt();
  }

  public long readLong() {
    return buffer.getLong();
  }

  public float readFloat() {
    return buffer.getFloat();
  }

  public double readDouble() {
    return buffer.getDouble();
  }

  public String readString() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  public @Nullable String readNullableString() {
    int length = buffer.getInt();
    return length < 0 ? null : new String(bytes(length), StandardCharsets.UTF_8);
  }

  public byte[] readBytes() {
    return bytes(buffer.getInt());
  }

  /** So many bytes, without their number before them, into a part of an array. */
  public void readRange(byte[] target, int offset, int length) {
    buffer.get(target, offset, length);
  }

  public double[] readDoubles() {
    double[] values = new double[checkedLength(buffer.getInt(), Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getDouble();
    }
    return values;
  }

  public boolean hasRemaining() {
    return buffer.hasRemaining();
  }

  private byte[] bytes(int length) {
    byte[] value = new byte[checkedLength(length, 1)];
    buffer.get(value);
    return value;
  }

  private int checkedLength(int length, int bytesEach) {
    if (length < 0 || (long) length * bytesEach > buffer.remaining()) {
      throw new IllegalArgumentException(
          "length must fit the " + buffer.remaining() + " bytes left, was " + length);
    }
    return length;
  }
}
