package io.inferwarden.ingest.collector.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A batch in a segment: mark (4 bytes, "IWs1"), length of the body (4), CRC32C of length and body
 * (4), and the body, which is the time at which it was appended (8) and the batch. Big-endian.
 *
 * @param appendedAtMillis since the epoch
 * @param batch what was appended
 * @param size bytes in the file
 */
record SpoolFrame(long appendedAtMillis, LogBatch batch, int size) {
  static final int MOST_BODY_BYTES = 64 << 20;

  /** "IWs" and the version of the form, a digit. */
  private static final int MARK = 0x49577331;

  private static final int LATEST_MARK = 0x49577339;
  private static final int HEAD_BYTES = 12;
  private static final int WINDOW_BYTES = 1 << 16;

  /**
   * The frame of a batch.
   *
   * @throws IllegalArgumentException when it is larger than a frame may be
   */
  static ByteBuffer encode(LogBatch batch, long appendedAtMillis) {
    byte[] encoded = BatchCodec.encode(batch);
    if (encoded.length > MOST_BODY_BYTES - Long.BYTES) {
      throw new IllegalArgumentException(
          "a batch must be at most " + MOST_BODY_BYTES + " bytes, was " + encoded.length);
    }
    int length = Long.BYTES + encoded.length;
    byte[] bytes = new byte[HEAD_BYTES + length];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(MARK).putInt(length).putInt(0).putLong(appendedAtMillis).put(encoded);
    frame.putInt(8, checksum(bytes, length));
    return frame.flip();
  }

  private static int checksum(byte[] frame, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(frame, 4, 4);
    checksum.update(frame, HEAD_BYTES, length);
    return (int) checksum.getValue();
  }

  /**
   * The frame at a place of a segment; null when none that is whole and intact begins there.
   *
   * @throws IOException when one does and holds no batch or is of a newer release, or when the file
   *     cannot be read
   */
  static @Nullable SpoolFrame read(FileChannel segment, long place, long end) throws IOException {
    requireKnown(segment, place, end);
    byte[] bytes = intact(segment, place, end);
    return bytes == null ? null : decoded(bytes);
  }

  /** Else the frames of a newer release would be dropped as if a crash had cut them short. */
  private static void requireKnown(FileChannel segment, long place, long end) throws IOException {
    byte[] bytes = readFully(segment, place, Integer.BYTES, end);
    int mark = bytes == null ? MARK : ByteBuffer.wrap(bytes).getInt();
    if (mark > MARK && mark <= LATEST_MARK) {
      throw new IOException(
          "the spool has format version "
              + (mark - MARK + 1)
              + " and this release reads 1: a newer release wrote it; run that release until the"
              + " spool is empty");
    }
  }

  /** The bytes of the frame at a place; null when none that is whole and intact begins there. */
  private static byte @Nullable [] intact(FileChannel segment, long place, long end)
      throws IOException {
    byte[] headBytes = readFully(segment, place, HEAD_BYTES, end);
    if (headBytes == null) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(headBytes);
    if (head.getInt(0) != MARK) {
      return null;
    }
    int length = head.getInt(4);
    if (length < Long.BYTES || length > MOST_BODY_BYTES) {
      return null;
    }
    byte[] bytes = readFully(segment, place, HEAD_BYTES + length, end);
    return bytes == null || checksum(bytes, length) != head.getInt(8) ? null : bytes;
  }

  private static SpoolFrame decoded(byte[] bytes) throws IOException {
    int offset = HEAD_BYTES + Long.BYTES;
    LogBatch batch = BatchCodec.decode(bytes, offset, bytes.length - offset);
    return new SpoolFrame(ByteBuffer.wrap(bytes).getLong(HEAD_BYTES), batch, bytes.length);
  }

  /** Whether what looks like a frame holds a batch: a text that was sent may hold such bytes. */
  private static boolean isFrame(byte @Nullable [] bytes) {
    if (bytes == null) {
      return false;
    }
    try {
      decoded(bytes);
      return true;
    } catch (IOException noBatch) {
      return false;
    }
  }

  /** Where the next intact frame begins at or after a place; {@code end} when there is none. */
  static long next(FileChannel segment, long place, long end) throws IOException {
    for (long from = place; from < end; from += WINDOW_BYTES) {
      int size = (int) Math.min(WINDOW_BYTES + 3, end - from);
      byte[] bytes = readFully(segment, from, size, end);
      ByteBuffer window = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
      for (int i = 0; i + 4 <= window.limit(); i++) {
        if (window.getInt(i) == MARK && isFrame(intact(segment, from + i, end))) {
          return from + i;
        }
      }
    }
    return end;
  }

  private static byte @Nullable [] readFully(FileChannel file, long place, int size, long end)
      throws IOException {
    if (place + size > end) {
      return null;
    }
    byte[] bytes = new byte[size];
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      if (file.read(rest, place + rest.position()) < 0) {
        return null;
      }
    }
    return bytes;
  }
}
