package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends incidents to a file, one JSON object a line, written through to the disk one by one.
 *
 * <p>Each revision of an incident stands in the file once: the sink knows the last {@value
 * RecentRevisions#CAPACITY} revisions, after a restart from the end of the file, and takes a
 * further delivery of one of them as done. A last line that a crash cut short is removed on opening
 * (it was never acknowledged, so it is delivered again). The file is locked while open: it has one
 * writer.
 */
public final class JsonLinesSink implements IncidentSink {
  /** How much of the end of an existing file is read on opening. */
  private static final int TAIL_BYTES = 16 << 20;

  private final String name;
  private final LineFormat format;
  private final FileChannel channel;
  private final RecentRevisions recent = new RecentRevisions();

  /** Where the last whole line ends; what lies behind it is the rest of a failed write. */
  private long length;

  /** Writes incidents in their own JSON form; see the other constructor. */
  public JsonLinesSink(String name, Path file) throws IOException {
    this(name, file, LineFormat.INCIDENT);
  }

  /** Opens the file, creating it and its folders where they are missing. */
  public JsonLinesSink(String name, Path file, LineFormat format) throws IOException {
    this.name = name;
    this.format = format;
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(file);
      this.length = readTail();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException {
    LineFormat.Revision revision = LineFormat.Revision.of(notification.incident());
    if (recent.contains(revision)) {
      return;
    }
    byte[] line = format.line(notification);
    try {
      append(line);
    } catch (IOException e) {
      throw DeliveryException.retryable("could not write to the file: " + e.getMessage(), e);
    }
    recent.add(revision);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(byte[] json) throws IOException {
    channel.truncate(length);
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    long position = length;
    while (line.hasRemaining()) {
      position += channel.write(line, position);
    }
    channel.force(false);
    length = position;
  }

  private void lock(Path file) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException(file + " is already being written by this process", e);
    }
    if (lock == null) {
      throw new IOException(file + " is already being written by another process");
    }
  }

  /** Remembers the revisions at the end of the file and returns where its last whole line ends. */
  private long readTail() throws IOException {
    long size = channel.size();
    long start = Math.max(0, size - TAIL_BYTES);
    byte[] tail = read(start, (int) (size - start));
    int lineStart = start == 0 ? 0 : endOfLine(tail, 0);
    if (start > 0 && lineStart == 0) {
      throw new IOException("no line ends within the last 16 MiB: not a file of JSON lines");
    }
    for (int end = endOfLine(tail, lineStart); end > lineStart; end = endOfLine(tail, end)) {
      LineFormat.Revision revision = revisionOrNull(Arrays.copyOfRange(tail, lineStart, end));
      if (revision != null) {
        recent.add(revision);
      }
      lineStart = end;
    }
    return start + lineStart;
  }

  /** The index after the next line feed; {@code from} itself when no line ends. */
  private static int endOfLine(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return from;
  }

  private byte[] read(long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, position + buffer.position());
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /**
   * A line of another origin is no reason to refuse the file; it is only no revision to remember.
   */
  private LineFormat.@Nullable Revision revisionOrNull(byte[] line) {
    try {
      return format.revision(line);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
