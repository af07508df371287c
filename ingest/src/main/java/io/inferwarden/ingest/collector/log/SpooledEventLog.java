package io.inferwarden.ingest.collector.log;

import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.UnavailableException;
import io.inferwarden.ingest.collector.UnavailableException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A spool on the local disk before Kafka: a batch is acknowledged when it is forced to the disk,
 * also while Kafka is away. Another thread forwards what is spooled, in its order, and commits how
 * far it has come in the same transaction, so that no crash of this process loses or doubles it.
 *
 * <p>Thread-safe. Futures complete on a thread of their own, which must not be held up.
 */
public final class SpooledEventLog implements EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(SpooledEventLog.class);
  private static final int AWAY_RETRY_SECONDS = 5;
  private static final int FULL_RETRY_SECONDS = 10;
  private static final long JOIN_SECONDS = 60;

  private final Spool spool;
  private final SpoolForwarder forwarder;
  private final LogMetrics metrics;
  private final InstantSource clock;
  private final Thread writing = new Thread(this::write, "inferwarden-spool-writer");
  private final Thread forwarding;
  private final ExecutorService answering =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread answers = new Thread(task, "inferwarden-log-answers");
            answers.setDaemon(true);
            return answers;
          });
  private volatile @Nullable String trouble;

  private SpooledEventLog(
      Spool spool, SpoolForwarder forwarder, LogMetrics metrics, InstantSource clock) {
    this.spool = spool;
    this.forwarder = forwarder;
    this.metrics = metrics;
    this.clock = clock;
    this.forwarding = new Thread(forwarder, "inferwarden-spool-forwarder");
  }

  /**
   * Opens the spool and starts, also without Kafka.
   *
   * @param audit used by this log only
   * @param clock for the age of what waits
   * @param nanos a clock that only goes forward, such as that of the system
   * @throws IOException when the folder cannot be used, for one because another process has it
   */
  public static SpooledEventLog start(
      SpoolSettings spoolSettings,
      KafkaLogSettings settings,
      AuditTrail audit,
      LogMetrics metrics,
      InstantSource clock,
      LongSupplier nanos)
      throws IOException {
    Spool spool = Spool.open(spoolSettings, metrics);
    TransactionWriter writer = new TransactionWriter(settings, audit, metrics, nanos);
    SpooledEventLog log =
        new SpooledEventLog(
            spool,
            new SpoolForwarder(spool, writer, settings, metrics, clock, nanos),
            metrics,
            clock);
    log.writing.start();
    log.forwarding.start();
    return log;
  }

  @Override
  public CompletableFuture<Void> append(List<AdmittedEvent> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      return append(LogBatch.ofEvents(events));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<Void> append(Companion companion) {
    try {
      return append(LogBatch.ofCompanion(companion));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Void> append(LogBatch batch) {
    ByteBuffer frame = SpoolFrame.encode(batch, clock.millis());
    CompletableFuture<Void> written = spool.offer(frame);
    if (written == null) {
      boolean isClosed = spool.isClosed();
      metrics.appended(isClosed ? LogMetrics.Told.AWAY : LogMetrics.Told.FULL, batch.size());
      return CompletableFuture.failedFuture(isClosed ? away(describe()) : full());
    }
    return written.whenComplete(
        (nothing, failure) ->
            metrics.appended(
                failure == null ? LogMetrics.Told.ACKNOWLEDGED : LogMetrics.Told.AWAY,
                batch.size()));
  }

  private static UnavailableException full() {
    return new UnavailableException(
        Reason.FULL, FULL_RETRY_SECONDS, "the spool holds as much as it is meant to");
  }

  private static UnavailableException away(String why) {
    return new UnavailableException(Reason.AWAY, AWAY_RETRY_SECONDS, why);
  }

  private void write() {
    try {
      while (spool.writeWaiting(this::answer)) {
        spool.observe(forwarder.oldestUnsentMillis());
      }
    } catch (InterruptedException e) {
      LOG.warn("The writer of the spool was interrupted");
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<CompletableFuture<Void>> written, @Nullable IOException failure) {
    if (failure == null) {
      trouble = null;
      answering.execute(() -> written.forEach(each -> each.complete(null)));
      return;
    }
    String why = "the spool cannot be written: " + failure.getMessage();
    if (trouble == null) {
      LOG.error("Nothing is acknowledged, since {}", why);
    }
    trouble = why;
    answering.execute(() -> written.forEach(each -> each.completeExceptionally(away(why))));
  }

  @Override
  public boolean isTaking() {
    return trouble == null && !spool.isClosed() && !spool.isFull();
  }

  @Override
  public String describe() {
    if (spool.isClosed()) {
      return "it is shutting down";
    }
    String wrong = trouble;
    if (wrong != null) {
      return wrong;
    }
    return (spool.isFull() ? "the spool is full; " : "the spool takes events; ")
        + spool.unsentBytes()
        + " bytes wait, "
        + forwarder.describe();
  }

  @Override
  public void close() {
    spool.stop();
    try {
      writing.join(TimeUnit.SECONDS.toMillis(JOIN_SECONDS));
      forwarding.join(TimeUnit.SECONDS.toMillis(JOIN_SECONDS));
      if (forwarding.isAlive()) {
        LOG.warn("The forwarder of the spool does not end; the next start goes on");
        forwarding.interrupt();
      }
      answering.shutdown();
      if (!answering.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.error("Answers of the log are held up");
      }
      spool.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("The spool was not closed well; the next start goes on: {}", e.getMessage());
    }
  }
}
