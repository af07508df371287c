package io.inferwarden.app.api;

import com.sun.net.httpserver.HttpExchange;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.book.IncidentBook;
import io.inferwarden.alerting.book.IncidentRevision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens to incidents as it happens, as server-sent events. An event's id is the offset
 * of its record in the {@code incident-book} topic. Whoever comes back with the last id they saw
 * gets every revision since; where that is longer ago than the book remembers revisions, the latest
 * one of every incident that has changed, in order, and every revision from then on.
 *
 * <p>Nothing is kept for a client: each one reads on in the book at its own pace. One that falls so
 * far behind that revisions are gone is told to come back, as is one that was at another topic.
 */
final class IncidentStreams implements AutoCloseable {
  static final int MOST_STREAMS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(IncidentStreams.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

  /**
   * How far the book of one instance may be behind that of another, where the caller was before.
   */
  private static final Duration LONGEST_LAG = Duration.ofSeconds(2);

  private static final int BATCH = 64;
  private static final int RECONNECT_MILLIS = 2_000;

  /** Before the first record. */
  private static final long BEGINNING = -1;

  private final IncidentBook book;
  private final Deadlines deadlines;
  private final Semaphore places = new Semaphore(MOST_STREAMS);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "incident-stream");
            thread.setDaemon(true);
            return thread;
          });

  IncidentStreams(IncidentBook book, Deadlines deadlines) {
    this.book = book;
    this.deadlines = deadlines;
  }

  /** A stream from where the caller was; a new caller's begins now. */
  Answer open(ApiRequest request) throws ApiProblem {
    request.allowOnly("lastEventId");
    Optional<String> header =
        Optional.ofNullable(request.headers().getFirst("Last-Event-ID"))
            .filter(value -> !value.isEmpty());
    Optional<String> last = header.isPresent() ? header : request.parameter("lastEventId");
    long after = last.isPresent() ? offset(last.get()) : end();
    if (!places.tryAcquire()) {
      throw ApiProblem.unavailable("there are " + MOST_STREAMS + " streams already");
    }
    return new StreamAnswer(after);
  }

  private static long offset(String text) throws ApiProblem {
    if (!text.matches("-1|\\d{1,18}")) {
      throw ApiProblem.badRequest(
          "Last-Event-ID must be the id of an event, or -1 for all incidents");
    }
    return Long.parseLong(text);
  }

  /** The offset of the last record that the book knows, or could have been told of. */
  private long end() {
    return Math.max(book.latestOffset(), book.nextOffset() - 1);
  }

  private final class StreamAnswer implements Answer {
    private final long after;

    StreamAnswer(long after) {
      this.after = after;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public void send(HttpExchange exchange) {
      threads.execute(() -> run(exchange, after));
    }
  }

  private void run(HttpExchange exchange, long after) {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      write(out, text("retry: " + RECONNECT_MILLIS + "\n\n"));
      follow(out, after);
    } catch (IOException e) {
      LOG.debug("A stream ended: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void follow(OutputStream out, long start) throws IOException, InterruptedException {
    long after = start;
    boolean isLive = false;
    while (true) {
      if (after > end() && !book.awaitAfter(after - 1, LONGEST_LAG)) {
        write(out, resync(BEGINNING, "the incidents are not those that they were"));
        return;
      }
      long remembered = book.rememberedAfter();
      Optional<List<IncidentRevision>> revisions = book.revisionsAfter(after, BATCH);
      if (revisions.isEmpty() && isLive) {
        write(out, resync(after, "too slow; come back for the latest revisions"));
        return;
      }
      isLive = revisions.isPresent();
      List<IncidentRevision> next =
          isLive ? revisions.orElseThrow() : book.latestAfter(after, BATCH);
      if (!next.isEmpty()) {
        write(out, events(next));
        after = next.get(next.size() - 1).offset();
      } else if (!isLive) {
        after = Math.max(after, remembered); // nothing in between is left to tell
      } else if (!book.awaitAfter(after, HEARTBEAT)) {
        write(out, text(":\n\n"));
      }
    }
  }

  private static byte[] events(List<IncidentRevision> revisions) {
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    for (IncidentRevision revision : revisions) {
      Incident incident = revision.incident();
      if (incident == null) {
        byte[] gone =
            JsonFields.bytes(JsonFields.newObject().put(JsonNames.ID, revision.incidentId()));
        events.writeBytes(event(revision.offset(), "forgotten", gone));
      } else {
        events.writeBytes(event(revision.offset(), "incident", IncidentJson.toJson(incident)));
      }
    }
    return events.toByteArray();
  }

  private static byte[] resync(long after, String reason) {
    return event(after, "resync", JsonFields.bytes(JsonFields.newObject().put("reason", reason)));
  }

  /** JSON has no line feeds outside of its strings, and within them they are escaped. */
  private static byte[] event(long offset, String name, byte[] json) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 64);
    event.writeBytes(text("id: " + offset + "\nevent: " + name + "\ndata: "));
    event.writeBytes(json);
    event.writeBytes(text("\n\n"));
    return event.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    Deadlines.Deadline deadline = deadlines.within(LONGEST_WRITE);
    try {
      out.write(bytes);
      out.flush();
    } finally {
      deadline.end();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
