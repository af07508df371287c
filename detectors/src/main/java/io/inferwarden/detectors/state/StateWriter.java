package io.inferwarden.detectors.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes state as big-endian bytes into a buffer that grows. Not thread-safe; {@link #reset()}
 * makes it reusable.
 */
public final class StateWriter {
  private ByteBuffer buffer = ByteBuffer.allocate(1024);

  /** Forgets what was written and keeps the memory. */
  public void reset() {
    buffer.clear();
  }

  public StateWriter writeByte(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  public StateWriter writeBoolean(boolean value) {
    return writeByte(value ? 1 : 0);
  }

  public StateWriter writeShort(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  public StateWriter writeInt(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  public StateWriter writeLong(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  public StateWriter writeFloat(float value) {
    room(Float.BYTES).putFloat(value);
    return this;
  }

  public StateWriter writeDouble(double value) {
    room(Double.BYTES).putDouble(value);
    return this;
  }

  /** UTF-8 with its length in bytes before it. */
  public StateWriter writeString(String value) {
    return writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #writeString(String)}, null being told apart from the empty string. */
  public StateWriter writeNullableString(@Nullable String value) {
    return value == null ? writeInt(-1) : writeString(value);
  }

  /** The length, then the bytes. */
  public StateWriter writeBytes(byte[] value) {
    writeInt(value.length);
    room(value.length).put(value);
    return this;
  }

  /** Some of the bytes of an array, without their number. */
  public StateWriter writeRange(byte[] source, int offset, int length) {
    room(length).put(source, offset, length);
    return this;
  }

  /** The length, then the values. */
  public StateWriter writeDoubles(double[] values) {
    writeInt(values.length);
    ByteBuffer target = room(values.length * Double.BYTES);
    for (double value : values) {
      target.putDouble(value);
    }
    return this;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Number of bytes written. */
  public int size() {
    return buffer.position();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
      buffer.flip();
      larger.put(buffer);
      buffer = larger;
    }
    return buffer;
  }
}
