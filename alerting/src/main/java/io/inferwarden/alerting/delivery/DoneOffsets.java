package io.inferwarden.alerting.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Which records of one partition are done. All below the {@link #prefix} are; what is done beyond
 * it travels in the metadata of the offset commit, so that after a crash only what was not done is
 * delivered again, although records end out of order.
 *
 * <p>The metadata is {@code 1.} and, in base64, the deflated lengths of alternating runs of records
 * that are not done and done, from the prefix on. Where that gets longer than Kafka takes, the far
 * end is left out and {@link #fits} says so: then no more should be taken until the prefix has
 * moved.
 */
final class DoneOffsets {
  /** Kafka takes 4,096 bytes unless its operator says otherwise. */
  static final int MOST_CHARACTERS = 3500;

  /** How far beyond the prefix records may be taken, so that what is kept of them stays small. */
  static final int MOST_SPAN = 1 << 20;

  private static final String VERSION = "1.";
  private static final long UNKNOWN = -1;
  private static final int MOST_BYTES = 1 << 22;

  /** The bits are of the offsets from here on; all below are done. */
  private long base;

  private final BitSet done = new BitSet();

  /** All below have been taken: those that were not given to be taken do not exist. */
  private long reach;

  private String encoded = "";
  private boolean fits = true;
  private boolean isEncoded;

  private DoneOffsets(long start) {
    this.base = start;
    this.reach = start;
  }

  /** For a partition of which nothing was ever committed; it begins with the first record taken. */
  static DoneOffsets fresh() {
    return new DoneOffsets(UNKNOWN);
  }

  /**
   * What a commit holds.
   *
   * @throws IllegalArgumentException when the metadata is of another form
   */
  static DoneOffsets decode(long committedOffset, String metadata) {
    DoneOffsets offsets = new DoneOffsets(committedOffset);
    if (metadata.isEmpty()) {
      return offsets;
    }
    if (!metadata.startsWith(VERSION)) {
      throw new IllegalArgumentException("metadata must begin with " + VERSION);
    }
    byte[] deflated = Base64.getDecoder().decode(metadata.substring(VERSION.length()));
    ByteBuffer runs = ByteBuffer.wrap(inflate(deflated));
    long from = 0;
    boolean isDone = false;
    while (runs.hasRemaining()) {
      long to = from + readVarint(runs);
      if (to > Integer.MAX_VALUE / 2) {
        throw new IllegalArgumentException("metadata must span fewer records, spans " + to);
      }
      if (isDone) {
        offsets.done.set((int) from, (int) to);
      }
      from = to;
      isDone = !isDone;
    }
    return offsets;
  }

  /** Notes that a record was given, and that there is none between the one before and this one. */
  void take(long offset) {
    passTo(offset);
    reach = Math.max(reach, offset + 1);
  }

  /** Notes that up to the position, exclusive, no more records exist than were given. */
  void passTo(long position) {
    if (position <= reach) {
      return;
    }
    if (base == UNKNOWN || (prefix() >= reach && base + done.length() <= reach)) {
      done.clear();
      base = position;
    } else {
      done.set(index(reach), index(position));
    }
    reach = position;
    isEncoded = false;
  }

  /** Notes that a record that was taken is done; more than once is as good as once. */
  void markDone(long offset) {
    if (offset >= base) {
      done.set(index(offset));
      isEncoded = false;
    }
  }

  boolean isDone(long offset) {
    return base != UNKNOWN && (offset < base || done.get(index(offset)));
  }

  /** Whether anything was ever taken or committed. */
  boolean isKnown() {
    return base != UNKNOWN;
  }

  /** The first record that is not done. */
  long prefix() {
    return base + done.nextClearBit(0);
  }

  /** Whether {@link #encode} holds all that is done, and there is room for more. */
  boolean fits() {
    encode();
    return fits && reach - prefix() < MOST_SPAN;
  }

  /** What is done beyond the prefix; empty for nothing. */
  String encode() {
    if (!isEncoded) {
      rebase();
      int[] runs = runs();
      int count = runs.length;
      encoded = encode(runs, count);
      while (encoded.length() > MOST_CHARACTERS) {
        count = (count * 3 / 4) & ~1; // a run that is not done at the end says nothing
        encoded = encode(runs, count);
      }
      fits = count == runs.length;
      isEncoded = true;
    }
    return encoded;
  }

  private void rebase() {
    int shift = done.nextClearBit(0);
    if (shift > 0) {
      BitSet rest = done.get(shift, Math.max(shift, done.length()));
      done.clear();
      done.or(rest);
      base += shift;
      reach = Math.max(reach, base);
    }
  }

  /** The lengths of the runs from the base on, beginning with what is not done. */
  private int[] runs() {
    int[] runs = new int[16];
    int count = 0;
    int from = 0;
    while (from < done.length()) {
      int start = done.nextSetBit(from);
      int end = done.nextClearBit(start);
      if (count + 2 > runs.length) {
        runs = Arrays.copyOf(runs, runs.length * 2);
      }
      runs[count++] = start - from;
      runs[count++] = end - start;
      from = end;
    }
    return Arrays.copyOf(runs, count);
  }

  private static String encode(int[] runs, int count) {
    if (count == 0) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      writeVarint(bytes, runs[i]);
    }
    return VERSION + Base64.getEncoder().withoutPadding().encodeToString(deflate(bytes));
  }

  private static byte[] deflate(ByteArrayOutputStream bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes.toByteArray());
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if ((count == 0 && !inflater.finished()) || out.size() > MOST_BYTES) {
          throw new IllegalArgumentException("metadata must be whole and small");
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("metadata must be deflated", e);
    } finally {
      inflater.end();
    }
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static long readVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (!in.hasRemaining()) {
        throw new IllegalArgumentException("metadata must not end within a number");
      }
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("metadata must hold numbers of 35 bits at most");
  }

  private int index(long offset) {
    return Math.toIntExact(offset - base);
  }
}
