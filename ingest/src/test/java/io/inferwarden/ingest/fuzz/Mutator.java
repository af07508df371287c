package io.inferwarden.ingest.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs a little, as hostile and broken senders do. The same seed, the same changes. */
public final class Mutator {
  static final int USUAL_BYTES = 4096;
  private static final int MOST_BYTES = 128 << 10;
  private static final int MOST_CHANGES = 4;
  private static final int[] LENGTHS = {
    -1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff, 255
  };

  private final SplittableRandom random;

  public Mutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One of the inputs, changed. */
  public byte[] next(List<byte[]> inputs) {
    byte[] bytes = oneOf(inputs);
    for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
      bytes = changed(bytes, inputs);
      if (bytes.length > USUAL_BYTES) {
        bytes = Arrays.copyOf(bytes, USUAL_BYTES);
      }
    }
    return random.nextInt(8192) == 0 ? repeated(bytes) : bytes;
  }

  private byte[] changed(byte[] bytes, List<byte[]> inputs) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + length());
    return switch (random.nextInt(14)) {
      case 0 -> withBitFlipped(bytes);
      case 1 -> replaced(bytes, from, Math.min(bytes.length, from + 1), anyByte());
      case 2 -> replaced(bytes, from, from, anyByte());
      case 3 -> replaced(bytes, from, to, new byte[0]);
      case 4 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 5 -> replaced(bytes, from, from, HostileTokens.any(random));
      case 6 -> replaced(bytes, from, to, HostileTokens.any(random));
      case 7 -> withValue(bytes);
      case 8 -> withNumber(bytes);
      case 9 -> withFieldTwice(bytes);
      case 10 -> spliced(bytes, oneOf(inputs));
      case 11 -> replaced(bytes, from, Math.min(bytes.length, from + 1), varint());
      case 12 -> withLength(bytes);
      default -> Arrays.copyOf(bytes, from);
    };
  }

  private byte[] withBitFlipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /** Puts something else behind a colon. */
  private byte[] withValue(byte[] bytes) {
    int colon = find(bytes, ':');
    if (colon < 0) {
      return replaced(bytes, 0, 0, HostileTokens.any(random));
    }
    int end = colon + 1;
    while (end < bytes.length && bytes[end] != ',' && bytes[end] != '}' && bytes[end] != '\n') {
      end++;
    }
    return replaced(bytes, colon + 1, end, HostileTokens.value(random));
  }

  private byte[] withNumber(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    while (from < bytes.length && !isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && isDigit(bytes[to])) {
      to++;
    }
    return replaced(bytes, from, to, HostileTokens.number(random));
  }

  private byte[] withFieldTwice(byte[] bytes) {
    int colon = find(bytes, ':');
    if (colon < 2) {
      return bytes;
    }
    int from = colon - 2;
    while (from > 0 && bytes[from] != '"') {
      from--;
    }
    byte[] name = Arrays.copyOfRange(bytes, from, colon + 1);
    byte[] field = joined(joined(name, HostileTokens.value(random)), new byte[] {','});
    return replaced(bytes, from, from, field);
  }

  private byte[] spliced(byte[] bytes, byte[] other) {
    int from = random.nextInt(other.length + 1);
    return joined(
        Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)),
        Arrays.copyOfRange(other, from, other.length));
  }

  /** Lengths of protobuf: too long, overlong, negative, or any. */
  private byte[] varint() {
    int size = 1 + random.nextInt(10);
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0xff : 0x80));
    bytes[size - 1] = (byte) random.nextInt(0x80);
    return bytes;
  }

  /** Counts and lengths of four bytes. */
  private byte[] withLength(byte[] bytes) {
    if (bytes.length < 4) {
      return bytes;
    }
    byte[] changed = bytes.clone();
    int at = random.nextInt(bytes.length - 3);
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    for (int i = 0; i < 4; i++) {
      changed[at + i] = (byte) (length >> (24 - 8 * i));
    }
    return changed;
  }

  private byte[] repeated(byte[] bytes) {
    byte[] many = bytes;
    while (many.length > 0 && many.length < MOST_BYTES / 2) {
      many = joined(many, many);
    }
    return many;
  }

  private int find(byte[] bytes, char wanted) {
    int start = random.nextInt(bytes.length + 1);
    for (int i = 0; i < bytes.length; i++) {
      int at = (start + i) % bytes.length;
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  private byte[] anyByte() {
    return new byte[] {(byte) random.nextInt()};
  }

  private int length() {
    return random.nextInt(4) > 0 ? 1 + random.nextInt(8) : 1 + random.nextInt(200);
  }

  private byte[] oneOf(List<byte[]> inputs) {
    return inputs.get(random.nextInt(inputs.size()));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
    System.arraycopy(by, 0, changed, from, by.length);
    System.arraycopy(bytes, to, changed, from + by.length, bytes.length - to);
    return changed;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return replaced(first, first.length, first.length, second);
  }

  /** The bytes of a text. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
