package io.inferwarden.ingest.collector.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the frames of a spool in their order, and steps over what is damaged. One thread. */
final class SpoolReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

  /**
   * Frames that follow each other.
   *
   * @param batches of the frames
   * @param next place behind them
   * @param oldestMillis when the first was appended; 0 when there is none
   */
  record Window(List<LogBatch> batches, long next, long oldestMillis) {
    Window {
      batches = List.copyOf(batches);
    }
  }

  private final Spool spool;
  private final LogMetrics metrics;
  private final List<Path> damaged = new ArrayList<>();
  private @Nullable FileChannel channel;
  private @Nullable Path file;

  SpoolReader(Spool spool, LogMetrics metrics) {
    this.spool = spool;
    this.metrics = metrics;
  }

  /** Segments of which something was skipped. */
  List<Path> damaged() {
    return damaged;
  }

  /** What begins at a place: so many bytes, or one frame when that alone has more. */
  Window read(long place, long bytes) throws IOException {
    List<LogBatch> batches = new ArrayList<>();
    long oldest = 0;
    long next = place;
    while (next - place < bytes) {
      Spool.Segment segment = spool.segmentAt(next);
      if (segment == null) {
        break;
      }
      FileChannel open = open(segment.file());
      SpoolFrame frame = frame(open, segment, next);
      if (frame == null) {
        next = afterDamage(open, segment, next);
        continue;
      }
      if (!batches.isEmpty() && next + frame.size() - place > bytes) {
        break;
      }
      oldest = batches.isEmpty() ? frame.appendedAtMillis() : oldest;
      batches.add(frame.batch());
      next += frame.size();
    }
    return new Window(batches, next, oldest);
  }

  /** When the frame at a place was appended; 0 when there is none. */
  long appendedAtMillis(long place) throws IOException {
    Spool.Segment segment = spool.segmentAt(place);
    if (segment == null) {
      return 0;
    }
    SpoolFrame frame = frame(open(segment.file()), segment, place);
    return frame == null ? 0 : frame.appendedAtMillis();
  }

  private @Nullable SpoolFrame frame(FileChannel open, Spool.Segment segment, long place)
      throws IOException {
    return SpoolFrame.read(open, place - segment.begin(), segment.end() - segment.begin());
  }

  private long afterDamage(FileChannel open, Spool.Segment segment, long place) throws IOException {
    long size = segment.end() - segment.begin();
    long next = segment.begin() + SpoolFrame.next(open, place - segment.begin() + 1, size);
    LOG.error(
        "{} is damaged at byte {}: {} bytes, in which were acknowledged events, are skipped; the"
            + " file is kept as {}.damaged",
        segment.file(),
        place - segment.begin(),
        next - place,
        segment.file().getFileName());
    metrics.spoolCorrupt();
    if (!damaged.contains(segment.file())) {
      damaged.add(segment.file());
    }
    return next;
  }

  private FileChannel open(Path wanted) throws IOException {
    FileChannel open = channel;
    if (open == null || !wanted.equals(file)) {
      close();
      open = FileChannel.open(wanted, StandardOpenOption.READ);
      channel = open;
      file = wanted;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
