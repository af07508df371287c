package io.inferwarden.ingest.collector.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file in segments. Frames are written by whoever calls {@link #writeWaiting}, all
 * that wait with one force, and count from then on; what is read is only what counts. Thread-safe.
 */
final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  /** A slow disk is to fill no memory. */
  private static final long MOST_WAITING_BYTES = 64L << 20;

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpoolSettings settings;
  private final SpoolFolder folder;
  private final LogMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** By the place at which they begin; never empty. */
  private final NavigableMap<Long, Path> segments;

  private FileChannel active;
  private long activeBegin;
  private long end;
  private long forwarded;
  private long waitingBytes;
  private boolean mustTruncate;
  private boolean isClosed;

  private record Waiting(ByteBuffer frame, CompletableFuture<Void> written) {}

  private Spool(SpoolSettings settings, SpoolFolder folder, LogMetrics metrics) throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.metrics = metrics;
    this.forwarded = folder.forwarded();
    this.segments = folder.segments();
    this.activeBegin = segments.isEmpty() ? forwarded : segments.lastKey();
    this.active = folder.openSegment(activeBegin);
    segments.put(activeBegin, folder.path(activeBegin));
    this.end = activeBegin + recovered(active, folder.path(activeBegin));
  }

  /**
   * Opens a spool and drops what a crash left half written at its end.
   *
   * @throws IOException when the folder cannot be used, for one because another process has it
   */
  static Spool open(SpoolSettings settings, LogMetrics metrics) throws IOException {
    SpoolFolder folder = SpoolFolder.take(settings.folder());
    try {
      return new Spool(settings, folder, metrics);
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  /** Length of the segment up to its last intact frame. */
  private static long recovered(FileChannel segment, Path file) throws IOException {
    long size = segment.size();
    long place = 0;
    while (place < size) {
      SpoolFrame frame = SpoolFrame.read(segment, place, size);
      if (frame != null) {
        place += frame.size();
        continue;
      }
      long next = SpoolFrame.next(segment, place + 1, size);
      if (next == size) {
        LOG.warn(
            "{} ended in the middle of a write: its last {} bytes, which nobody was told are safe,"
                + " are dropped",
            file,
            size - place);
        segment.truncate(place);
        segment.force(true);
        return place;
      }
      place = next;
    }
    return place;
  }

  String id() {
    return folder.id();
  }

  /**
   * Lets a frame wait for {@link #writeWaiting}.
   *
   * @return completes when it is on the disk; null when the spool is full or closed
   */
  @Nullable CompletableFuture<Void> offer(ByteBuffer frame) {
    lock.lock();
    try {
      if (isClosed
          || waitingBytes >= MOST_WAITING_BYTES
          || held() + frame.remaining() > settings.mostBytes()) {
        return null;
      }
      Waiting added = new Waiting(frame, new CompletableFuture<>());
      waiting.add(added);
      waitingBytes += frame.remaining();
      changed.signalAll();
      return added.written();
    } finally {
      lock.unlock();
    }
  }

  private long held() {
    return Math.max(0, end - Math.max(forwarded, segments.firstKey())) + waitingBytes;
  }

  /**
   * Waits for frames, and writes all there are with one force. After a failure it tries again every
   * second, also without any.
   *
   * @param answer is given those that are written, or failed, to be completed
   * @return false when it is closed and nothing waits
   */
  boolean writeWaiting(Answer answer) throws InterruptedException {
    List<Waiting> taken = takeWaiting();
    if (taken.isEmpty() && isClosed()) {
      return false;
    }
    IOException failure = null;
    try {
      write(taken);
    } catch (IOException e) {
      failure = e;
    }
    answer.of(taken.stream().map(Waiting::written).toList(), failure);
    return true;
  }

  /** What becomes of frames. */
  interface Answer {
    /**
     * Hears of frames that were written together.
     *
     * @param failure why they are not on the disk; null when they are
     */
    void of(List<CompletableFuture<Void>> written, @Nullable IOException failure);
  }

  private List<Waiting> takeWaiting() throws InterruptedException {
    lock.lock();
    try {
      long retry = RETRY_NANOS;
      while (waiting.isEmpty() && !isClosed && retry > 0) {
        if (mustTruncate) {
          retry = changed.awaitNanos(retry);
        } else {
          changed.await();
        }
      }
      List<Waiting> taken = List.copyOf(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Waiting> frames) throws IOException {
    ByteBuffer[] buffers = frames.stream().map(Waiting::frame).toArray(ByteBuffer[]::new);
    long bytes = 0;
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    boolean isWritten = false;
    try {
      prepare();
      long written = 0;
      while (written < bytes) {
        written += active.write(buffers);
      }
      active.force(false);
      isWritten = true;
    } finally {
      lock.lock();
      try {
        mustTruncate = !isWritten;
        end += isWritten ? bytes : 0;
        waitingBytes -= bytes;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The end of the active segment is where the next frame is to begin. */
  private void prepare() throws IOException {
    if (mustTruncate) {
      // after a failed write or force, nothing behind the last good force may be trusted
      active.truncate(end - activeBegin);
      active.force(true);
    }
    if (end - activeBegin >= settings.segmentBytes()) {
      roll(end);
    }
    active.position(end - activeBegin);
  }

  private void roll(long begin) throws IOException {
    FileChannel next = folder.openSegment(begin);
    active.close();
    lock.lock();
    try {
      active = next;
      activeBegin = begin;
      segments.put(begin, folder.path(begin));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where reading begins, given what Kafka says.
   *
   * @throws IOException when Kafka has more than this spool ever held
   */
  long begin(SpoolPosition committed) throws IOException {
    lock.lock();
    try {
      long known = committed.spool().equals(folder.id()) ? committed.offset() : 0;
      long begin = Math.max(Math.max(known, forwarded), segments.firstKey());
      if (begin > end) {
        throw new IOException(
            "the spool "
                + settings.folder()
                + " ends at "
                + end
                + ", but Kafka has it up to "
                + begin
                + ": files of it are missing");
      }
      return begin;
    } finally {
      lock.unlock();
    }
  }

  /** The segment that holds a place, and where it ends; null when nothing is there yet. */
  @Nullable Segment segmentAt(long place) {
    lock.lock();
    try {
      if (place >= end) {
        return null;
      }
      Map.Entry<Long, Path> found = segments.floorEntry(place);
      if (found == null) {
        throw new IllegalStateException("the spool begins after " + place);
      }
      Long next = segments.higherKey(place);
      return new Segment(found.getValue(), found.getKey(), next == null ? end : next);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A part of the spool in a file.
   *
   * @param begin place of its first byte
   * @param end place behind its last byte that counts
   */
  record Segment(Path file, long begin, long end) {}

  /** Returns when there is something at a place, or nothing will be, or after that time. */
  void awaitAt(long place, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (end <= place && !isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Kafka has everything before a place: segments that end there are let go. */
  void forwarded(long place, List<Path> damaged) throws IOException {
    List<Path> done = new ArrayList<>();
    lock.lock();
    try {
      forwarded = Math.max(forwarded, place);
      while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= place) {
        done.add(segments.pollFirstEntry().getValue());
      }
    } finally {
      lock.unlock();
    }
    folder.noteForwarded(place);
    for (Path segment : done) {
      folder.release(segment, damaged.remove(segment));
    }
  }

  /** Bytes that Kafka does not have. */
  long unsentBytes() {
    lock.lock();
    try {
      return held();
    } finally {
      lock.unlock();
    }
  }

  void observe(long oldestUnsentMillis) {
    lock.lock();
    try {
      metrics.spool(held(), oldestUnsentMillis);
    } finally {
      lock.unlock();
    }
  }

  boolean isFull() {
    lock.lock();
    try {
      return held() >= settings.mostBytes();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what waits is still written. */
  void stop() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    active.close();
    folder.close();
  }
}
