package io.inferwarden.ingest.collector.log;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is spooled to Kafka, in its order: one transaction, and how far it has come in the
 * same, then the next. What Kafka refuses is tried until it takes it. At the end it goes on for a
 * while; the rest waits for the next start.
 */
final class SpoolForwarder implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolForwarder.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Spool spool;
  private final TransactionWriter writer;
  private final KafkaLogSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final SpoolReader reader;
  private long place;
  private long windowBytes;
  private long stopNanos = Long.MAX_VALUE;
  private boolean isAway;
  private volatile long oldestMillis;
  private volatile String state = "Kafka has not been reached yet";

  SpoolForwarder(
      Spool spool,
      TransactionWriter writer,
      KafkaLogSettings settings,
      LogMetrics metrics,
      InstantSource clock,
      LongSupplier nanos) {
    this.spool = spool;
    this.writer = writer;
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.reader = new SpoolReader(spool, metrics);
    this.windowBytes = settings.transactionBytes();
  }

  /** Age of the oldest batch that it knows and that Kafka does not have; 0 when there is none. */
  long oldestUnsentMillis() {
    long oldest = oldestMillis;
    return oldest == 0 ? 0 : Math.max(0, clock.millis() - oldest);
  }

  String describe() {
    return state;
  }

  @Override
  public void run() {
    try (writer;
        reader) {
      while (!isDone()) {
        try {
          step();
        } catch (IOException e) {
          state = "the spool cannot be read: " + e.getMessage();
          LOG.error("Nothing is forwarded, since {}", state);
          pause();
        } catch (RuntimeException e) {
          // What stays in the spool must not stay there unnoticed; a message may quote it.
          state = "the spool cannot be forwarded: " + e.getClass().getName();
          LOG.error("Nothing is forwarded, since {}", state);
          pause();
        }
        spool.observe(oldestUnsentMillis());
      }
      writer.write(List.of(), position(place), true, nanos.getAsLong() + PROBE_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("A file of the spool was not closed well: {}", e.getMessage());
    }
  }

  private boolean isDone() {
    if (!spool.isClosed()) {
      return false;
    }
    long now = nanos.getAsLong();
    if (stopNanos == Long.MAX_VALUE) {
      stopNanos = now + LAST_NANOS;
    }
    return !writer.isOpen() || spool.segmentAt(place) == null || now - stopNanos > 0;
  }

  private void step() throws IOException, InterruptedException {
    if (!writer.isOpen()) {
      if (!writer.open()) {
        away();
        noteOldest();
        pause();
        return;
      }
      goOn();
    }
    SpoolReader.Window window = reader.read(place, windowBytes);
    oldestMillis = window.oldestMillis();
    if (window.next() == place) {
      spool.awaitAt(place, PROBE_NANOS);
      if (spool.segmentAt(place) != null) {
        return;
      }
    }
    forward(window);
  }

  private void goOn() throws IOException {
    try {
      place = spool.begin(writer.position());
    } catch (IOException e) {
      // without a place nothing may be written
      writer.close();
      throw e;
    }
  }

  private void forward(SpoolReader.Window window) throws IOException, InterruptedException {
    long giveUp = nanos.getAsLong() + settings.deadline().toNanos();
    TransactionOutcome outcome =
        writer.write(window.batches(), position(window.next()), false, giveUp);
    if (outcome == TransactionOutcome.COMMITTED) {
      place = window.next();
      oldestMillis = 0;
      windowBytes = settings.transactionBytes();
      spool.forwarded(place, reader.damaged());
      taking();
      return;
    }
    if (outcome == TransactionOutcome.TOO_LARGE) {
      LOG.error(
          "A spooled record is larger than its topic takes; nothing behind it is forwarded until"
              + " max.message.bytes of the topic allows it");
      // one frame at a time, so that all before it go
      windowBytes = 1;
    }
    away();
    pause();
  }

  private SpoolPosition position(long next) {
    return new SpoolPosition(spool.id(), next);
  }

  /** While Kafka is away, what is oldest is known from the disk. */
  private void noteOldest() throws IOException {
    if (oldestMillis == 0) {
      oldestMillis = reader.appendedAtMillis(spool.begin(SpoolPosition.NONE));
    }
  }

  private void away() {
    state = "Kafka takes none: " + writer.trouble();
    if (!isAway) {
      LOG.warn("The spool is not forwarded: {}", writer.trouble());
    }
    isAway = true;
  }

  private void taking() {
    state = "Kafka takes them";
    if (isAway) {
      LOG.info("The spool is forwarded again");
    }
    isAway = false;
  }

  private static void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
  }
}
