package io.inferwarden.app.backtest;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of events in a thread of its own, ahead of whoever judges them: unpacking and
 * splitting them is work that a second core can do.
 */
public final class EventFeed implements AutoCloseable {
  private static final int BATCH = 256;
  private static final int BATCHES_AHEAD = 8;

  /**
   * One line of a file.
   *
   * @param event that it holds, until the next lines are asked for
   * @param rejected why it holds none; null when it holds one
   * @param principal whose event it is; null when it is none
   * @param model that was asked; empty when it is no event
   * @param fractionRead how much of its file has been read by then, 0..1
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // a carrier from one thread to another; nobody compares it
  public record Line(
      byte[] json,
      InferenceEvent event,
      @Nullable RejectedEvent rejected,
      @Nullable String principal,
      String model,
      long timeMillis,
      double fractionRead) {

    /** Reads the event with a parser that is used again. */
    static Line of(
        byte[] json,
        EventParser parser,
        InferenceEvent event,
        long nowMillis,
        double fractionRead) {
      RejectedEvent rejected = parser.parse(json, 0, json.length, nowMillis, event);
      return rejected == null
          ? new Line(
              json, event, null, event.principal(), event.model(), event.timeMillis(), fractionRead)
          : new Line(json, event, rejected, null, "", 0, fractionRead);
    }
  }

  /** What the reading thread hands over: lines, or the end, or what went wrong. */
  private record Batch(List<Line> lines, boolean last, @Nullable Exception failure) {}

  /** Events that were judged and are filled again: they are large. */
  private final BlockingQueue<List<InferenceEvent>> judged = new LinkedBlockingQueue<>();

  private List<Line> handedOut = List.of();
  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread;

  /**
   * Starts to read.
   *
   * @param nowMillis the time that it is; events more than an hour later are none
   */
  public EventFeed(List<Path> files, long nowMillis) {
    this.thread = new Thread(() -> readAll(files, nowMillis), "event-feed");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next lines; none at the end of the last file. Events of the lines before are over. */
  public List<Line> next() throws IOException, InterruptedException {
    judged.add(handedOut.stream().map(Line::event).toList());
    Batch batch = queue.take();
    if (batch.failure() instanceof IOException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
    if (batch.failure() != null) {
      throw new IllegalStateException("reading events failed", batch.failure());
    }
    handedOut = batch.lines();
    return handedOut;
  }

  private void readAll(List<Path> files, long nowMillis) {
    try {
      for (Path file : files) {
        read(file, nowMillis);
      }
      queue.put(new Batch(List.of(), true, null));
    } catch (IOException | RuntimeException e) {
      handOver(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed before the end: nobody listens any more
    }
  }

  private void read(Path file, long nowMillis) throws IOException, InterruptedException {
    EventParser parser = new EventParser();
    try (EventFileReader reader = EventFileReader.open(file)) {
      List<Line> lines = new ArrayList<>(BATCH);
      Iterator<InferenceEvent> free = Collections.emptyIterator();
      while (reader.next()) {
        byte[] json =
            Arrays.copyOfRange(reader.line(), reader.offset(), reader.offset() + reader.length());
        if (!free.hasNext()) {
          free = freeEvents();
        }
        InferenceEvent event = free.hasNext() ? free.next() : new InferenceEvent();
        lines.add(Line.of(json, parser, event, nowMillis, reader.fractionRead()));
        if (lines.size() == BATCH) {
          queue.put(new Batch(lines, false, null));
          lines = new ArrayList<>(BATCH);
        }
      }
      if (!lines.isEmpty()) {
        queue.put(new Batch(lines, false, null));
      }
    }
  }

  private Iterator<InferenceEvent> freeEvents() {
    List<InferenceEvent> events = judged.poll();
    return events == null ? Collections.emptyIterator() : events.iterator();
  }

  private void handOver(Exception failure) {
    try {
      queue.put(new Batch(List.of(), true, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
