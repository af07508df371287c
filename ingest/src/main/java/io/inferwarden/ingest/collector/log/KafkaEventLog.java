package io.inferwarden.ingest.collector.log;

import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.UnavailableException;
import io.inferwarden.ingest.collector.UnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka as the log: a batch is acknowledged when the transaction that holds it is committed.
 *
 * <p>One thread writes. It gathers what has been appended, commits it in one transaction, and then
 * answers all of it. A transaction that Kafka refused is tried again while the deadline of its
 * batches holds. When Kafka does not say whether it has committed, the sender is told to try again,
 * so its events may come twice: their ids tell.
 *
 * <p>Thread-safe. Futures complete on a thread of their own, which must not be held up.
 */
public final class KafkaEventLog implements EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
  private static final long NO_ATTEMPT = Long.MIN_VALUE;
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int AWAY_RETRY_SECONDS = 5;
  private static final int FULL_RETRY_SECONDS = 1;

  private final KafkaLogSettings settings;
  private final LogMetrics metrics;
  private final LongSupplier nanos;
  private final TransactionWriter writer;
  private final WaitingBatches waiting;
  private final Thread thread = new Thread(this::run, "inferwarden-log-writer");
  private final ExecutorService answering =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread answers = new Thread(task, "inferwarden-log-answers");
            answers.setDaemon(true);
            return answers;
          });

  /** When the attempt that is under way began; {@link #NO_ATTEMPT} between attempts. */
  private volatile long attemptNanos = NO_ATTEMPT;

  private volatile long awayUntilNanos;
  private volatile boolean isAway;

  private KafkaEventLog(
      KafkaLogSettings settings, AuditTrail audit, LogMetrics metrics, LongSupplier nanos) {
    this.settings = settings;
    this.metrics = metrics;
    this.nanos = nanos;
    this.writer = new TransactionWriter(settings, audit, metrics, nanos);
    this.waiting = new WaitingBatches(settings.queueBytes(), metrics);
  }

  /**
   * Starts at once, also without Kafka, of which it then says that it is away until it is there.
   *
   * @param audit used by this log only
   * @param nanos a clock that only goes forward, such as that of the system
   */
  public static KafkaEventLog start(
      KafkaLogSettings settings, AuditTrail audit, LogMetrics metrics, LongSupplier nanos) {
    KafkaEventLog log = new KafkaEventLog(settings, audit, metrics, nanos);
    log.thread.start();
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
    if (!isTaking()) {
      metrics.appended(LogMetrics.Told.AWAY, batch.size());
      return CompletableFuture.failedFuture(away(describe()));
    }
    WaitingBatch appended =
        new WaitingBatch(
            batch, new CompletableFuture<>(), nanos.getAsLong() + settings.deadline().toNanos());
    if (!waiting.offer(appended)) {
      if (waiting.isClosed()) {
        return CompletableFuture.failedFuture(away(describe()));
      }
      metrics.appended(LogMetrics.Told.FULL, batch.size());
      return CompletableFuture.failedFuture(
          new UnavailableException(
              Reason.FULL,
              FULL_RETRY_SECONDS,
              "more waits for Kafka than memory is meant to hold"));
    }
    return appended.answer();
  }

  @Override
  public boolean isTaking() {
    return !waiting.isClosed() && writer.isOpen() && !isStuck() && !isAwayNow();
  }

  private boolean isStuck() {
    long begun = attemptNanos;
    return begun != NO_ATTEMPT && nanos.getAsLong() - begun > STUCK_NANOS;
  }

  private boolean isAwayNow() {
    return isAway && nanos.getAsLong() - awayUntilNanos < 0;
  }

  @Override
  public String describe() {
    if (waiting.isClosed()) {
      return "it is shutting down";
    }
    if (isTaking()) {
      return "Kafka takes events; " + waiting.bytes() + " bytes wait";
    }
    return "Kafka takes no events: " + writer.trouble();
  }

  private void run() {
    try {
      while (true) {
        if (!writer.isOpen() && !opens()) {
          if (waiting.isClosed()) {
            break;
          }
          continue;
        }
        List<WaitingBatch> taken =
            waiting.take(settings.linger().toNanos(), settings.transactionBytes(), PROBE_NANOS);
        if (taken.isEmpty() && waiting.isClosed()) {
          break;
        }
        write(taken);
      }
    } catch (InterruptedException e) {
      LOG.warn("The writer of the log was interrupted");
      Thread.currentThread().interrupt();
    } finally {
      waiting.close();
      fail(waiting.drain(), "it is shutting down");
      writer.write(List.of(), writer.position(), true, nanos.getAsLong() + STUCK_NANOS);
      writer.close();
    }
  }

  private boolean opens() throws InterruptedException {
    if (writer.open()) {
      isAway = false;
      LOG.info("Kafka takes events of {}", settings.writerId());
      return true;
    }
    LOG.debug("Kafka takes no events of {}: {}", settings.writerId(), writer.trouble());
    fail(waiting.drainOverdue(nanos.getAsLong()), writer.trouble());
    waiting.awaitClose(PAUSE_NANOS);
    return false;
  }

  /** Tries until all of it is answered. */
  private void write(List<WaitingBatch> taken) throws InterruptedException {
    List<WaitingBatch> rest = taken;
    attemptNanos = nanos.getAsLong();
    do {
      TransactionOutcome outcome = attempt(rest);
      switch (outcome) {
        case COMMITTED -> {
          isAway = false;
          acknowledge(rest);
          rest = List.of();
        }
        case UNKNOWN -> {
          fail(rest, "Kafka did not say whether it has them");
          rest = List.of();
        }
        case TOO_LARGE -> {
          writeEach(rest);
          rest = List.of();
        }
        case ABORTED -> rest = stillDue(rest);
      }
    } while (!rest.isEmpty());
    attemptNanos = NO_ATTEMPT;
  }

  private TransactionOutcome attempt(List<WaitingBatch> batches) {
    long giveUp = nanos.getAsLong() + STUCK_NANOS;
    for (WaitingBatch batch : batches) {
      if (batch.deadlineNanos() - giveUp > 0) {
        giveUp = batch.deadlineNanos();
      }
    }
    return writer.write(
        batches.stream().map(WaitingBatch::batch).toList(), writer.position(), false, giveUp);
  }

  /** One record keeps the rest of its transaction out: only its own batch must be refused. */
  private void writeEach(List<WaitingBatch> batches) {
    for (WaitingBatch batch : batches) {
      if (attempt(List.of(batch)) == TransactionOutcome.COMMITTED) {
        acknowledge(List.of(batch));
      } else {
        LOG.error("A batch was refused: {}", writer.trouble());
        refuse(List.of(batch), writer.trouble());
      }
    }
  }

  /** After a pause, what may be tried again. */
  private List<WaitingBatch> stillDue(List<WaitingBatch> batches) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
    while (!writer.isOpen() && isAnyDue(batches)) {
      if (!writer.open()) {
        TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
      }
    }
    List<WaitingBatch> due = new ArrayList<>();
    List<WaitingBatch> overdue = new ArrayList<>();
    long now = nanos.getAsLong();
    for (WaitingBatch batch : batches) {
      (batch.deadlineNanos() - now > 0 ? due : overdue).add(batch);
    }
    fail(overdue, writer.trouble());
    return due;
  }

  private boolean isAnyDue(List<WaitingBatch> batches) {
    long now = nanos.getAsLong();
    return batches.stream().anyMatch(batch -> batch.deadlineNanos() - now > 0);
  }

  private void acknowledge(List<WaitingBatch> batches) {
    if (batches.isEmpty()) {
      return;
    }
    waiting.release(batches);
    for (WaitingBatch batch : batches) {
      metrics.appended(LogMetrics.Told.ACKNOWLEDGED, batch.batch().size());
    }
    answering.execute(() -> batches.forEach(batch -> batch.answer().complete(null)));
  }

  private void fail(List<WaitingBatch> batches, String why) {
    if (batches.isEmpty()) {
      return;
    }
    if (!isAway) {
      LOG.warn("Kafka takes no events of {}: {}", settings.writerId(), why);
    }
    awayUntilNanos = nanos.getAsLong() + AWAY_NANOS;
    isAway = true;
    refuse(batches, why);
  }

  private void refuse(List<WaitingBatch> batches, String why) {
    waiting.release(batches);
    for (WaitingBatch batch : batches) {
      metrics.appended(LogMetrics.Told.AWAY, batch.batch().size());
    }
    answering.execute(
        () -> batches.forEach(batch -> batch.answer().completeExceptionally(away(why))));
  }

  private static UnavailableException away(String why) {
    return new UnavailableException(Reason.AWAY, AWAY_RETRY_SECONDS, why);
  }

  @Override
  public void close() {
    waiting.close();
    try {
      thread.join(settings.deadline().multipliedBy(2).plusSeconds(10).toMillis());
      if (thread.isAlive()) {
        LOG.error("The writer of the log does not end; what it holds is not acknowledged");
        thread.interrupt();
      }
      answering.shutdown();
      if (!answering.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.error("Answers of the log are held up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
