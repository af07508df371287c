package io.inferwarden.ingest.source;

import com.github.luben.zstd.ZstdInputStream;
import io.inferwarden.ingest.EventParser;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Reads a file of JSON lines, plain, gzip or zstd as its first bytes say, line by line without
 * copying. Blank lines are passed over. A line longer than {@link EventParser#MAXIMUM_BYTES} comes
 * cut off and flagged, and the file goes on after it. Not thread-safe.
 *
 * <pre>{@code
 * while (reader.next()) {
 *   RejectedEvent rejected = reader.isTooLong()
 *       ? RejectedEvent.tooLarge()
 *       : parser.parse(reader.line(), reader.offset(), reader.length(), nowMillis, event);
 * }
 * }</pre>
 */
public final class EventFileReader implements Closeable {
  private static final int INITIAL_BUFFER_BYTES = 1 << 18;

  /** The longest line, and the carriage return and newline that end it. */
  private static final int LARGEST_BUFFER_BYTES = EventParser.MAXIMUM_BYTES + 2;

  private final Path file;
  private final long fileBytes;
  private final CountingInputStream counted;
  private final InputStream input;

  private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean isAtEnd;

  private int lineOffset;
  private int lineLength;
  private boolean isTooLong;
  private boolean hasUnreadRest;
  private long lineNumber;
  private long blankLines;

  private EventFileReader(
      Path file, long fileBytes, CountingInputStream counted, InputStream input) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.counted = counted;
    this.input = input;
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it cannot be read
   */
  public static EventFileReader open(Path file) throws IOException {
    CountingInputStream counted = new CountingInputStream(Files.newInputStream(file));
    try {
      return new EventFileReader(file, Files.size(file), counted, decompressed(counted));
    } catch (IOException unreadable) {
      counted.close();
      throw new IOException(file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /**
   * Moves to the next line that is not blank; false at the end of the file.
   *
   * @throws IOException naming file and line, when the file is truncated or corrupt
   */
  public boolean next() throws IOException {
    try {
      return advance();
    } catch (IOException corrupt) {
      throw new IOException(
          file + ": line " + (lineNumber + 1) + ": " + corrupt.getMessage(), corrupt);
    }
  }

  /** The array that holds the current line, until the next call of {@link #next}. */
  public byte[] line() {
    return buffer;
  }

  /** Where the current line begins in {@link #line}. */
  public int offset() {
    return lineOffset;
  }

  /** Bytes of the current line, without the line break. */
  public int length() {
    return lineLength;
  }

  /** Whether the current line is longer than an event may be, and so was cut off. */
  public boolean isTooLong() {
    return isTooLong;
  }

  /** Number of the current line in the file, from 1, blank lines included. */
  public long lineNumber() {
    return lineNumber;
  }

  /** Blank lines passed over so far. */
  public long blankLines() {
    return blankLines;
  }

  /** How much of the file, as it is on disk, has been read: 0 to 1. */
  public double fractionRead() {
    return fileBytes == 0 ? 1 : Math.min(1, (double) counted.count() / fileBytes);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private boolean advance() throws IOException {
    skipUnreadRest();
    while (readLine()) {
      lineNumber++;
      if (!isBlank()) {
        return true;
      }
      blankLines++;
    }
    return false;
  }

  /** Finds the end of the line that begins at the position; false when there is none. */
  private boolean readLine() throws IOException {
    isTooLong = false;
    int scanned = position;
    while (true) {
      int newline = indexOfNewline(scanned);
      if (newline >= 0) {
        setLine(position, newline);
        position = newline + 1;
        return true;
      }
      int room = limit - position;
      if (room == LARGEST_BUFFER_BYTES) {
        setLine(position, limit);
        hasUnreadRest = true;
        position = limit;
        return true;
      }
      if (isAtEnd || !fill()) {
        setLine(position, limit);
        position = limit;
        return room > 0;
      }
      scanned = position + room;
    }
  }

  private void setLine(int from, int to) {
    int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    lineOffset = from;
    isTooLong = end - from > EventParser.MAXIMUM_BYTES;
    lineLength = Math.min(end - from, EventParser.MAXIMUM_BYTES);
  }

  private void skipUnreadRest() throws IOException {
    while (hasUnreadRest) {
      int newline = indexOfNewline(position);
      if (newline >= 0) {
        position = newline + 1;
        hasUnreadRest = false;
      } else {
        position = limit;
        hasUnreadRest = !isAtEnd && fill();
      }
    }
  }

  /** Reads more behind what is unread, which moves to the front; false at the end. */
  private boolean fill() throws IOException {
    int unread = limit - position;
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, unread);
      position = 0;
      limit = unread;
    } else if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, LARGEST_BUFFER_BYTES));
    }
    int read = input.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      isAtEnd = true;
      return false;
    }
    limit += read;
    return true;
  }

  private int indexOfNewline(int from) {
    byte[] bytes = buffer;
    int end = limit;
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean isBlank() {
    for (int i = lineOffset; i < lineOffset + lineLength; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static InputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16);
    buffered.mark(4);
    byte[] magic = buffered.readNBytes(4);
    buffered.reset();
    if (startsWith(magic, 0x1f, 0x8b)) {
      return new GZIPInputStream(buffered, 1 << 16);
    }
    if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      return new ZstdInputStream(buffered);
    }
    return buffered;
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
