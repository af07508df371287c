package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.IncidentSink;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempts in threads of its own; everything but the attempts is the caller's thread's. */
final class AttemptPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptPool.class);

  /** How an attempt ended; the failure is null when the sink took the notification. */
  record Ended(Waiting waiting, long beganAtMillis, @Nullable DeliveryException failure) {}

  private final IncidentSink sink;
  private final int most;
  private final long timeoutMillis;
  private final InstantSource clock;
  private final ExecutorService threads;
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Map<Waiting, Try> running = new HashMap<>();

  AttemptPool(IncidentSink sink, DeliverySettings settings, InstantSource clock) {
    this.sink = sink;
    this.most = Math.max(1, Math.min(settings.concurrency(), sink.concurrency()));
    this.timeoutMillis = settings.attemptTimeout().toMillis();
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            most,
            task -> {
              Thread thread =
                  new Thread(task, "sink-" + sink.name() + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  boolean hasRoom() {
    return running.size() < most;
  }

  boolean isBusy() {
    return !running.isEmpty();
  }

  /** Whether an attempt of something in the partition is under way. */
  boolean isBusyWith(int partition) {
    return running.keySet().stream().anyMatch(each -> each.place().partition() == partition);
  }

  void start(Waiting waiting) {
    Try attempt = new Try(waiting, clock.millis());
    running.put(waiting, attempt);
    threads.execute(attempt);
  }

  /** The next attempt to end within the time; null when none does. */
  @Nullable Ended awaitEnd(long millis) throws InterruptedException {
    Ended next = ended.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
    if (next != null) {
      running.remove(next.waiting());
    }
    return next;
  }

  /** Interrupts what takes longer than any attempt should; it then ends as a failure. */
  void interruptOverdue() {
    long now = clock.millis();
    for (Try each : running.values()) {
      if (now - each.beganAtMillis > timeoutMillis) {
        each.interrupt();
      }
    }
  }

  /** Interrupts all attempts; what becomes of them is of no interest any more. */
  void interruptAll() {
    running.values().forEach(Try::interrupt);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /**
   * One attempt. Unlike a cancelled future it always ends, also when it is interrupted before it
   * has begun, and its interrupt reaches no other attempt in the same thread.
   */
  private final class Try implements Runnable {
    private final Waiting waiting;
    private final long beganAtMillis;
    private @Nullable Thread thread;
    private boolean isInterrupted;

    Try(Waiting waiting, long beganAtMillis) {
      this.waiting = waiting;
      this.beganAtMillis = beganAtMillis;
    }

    @Override
    public void run() {
      DeliveryException failure = DeliveryException.permanent("fault in the sink");
      try {
        begin();
        sink.deliver(waiting.notification());
        failure = null;
      } catch (DeliveryException e) {
        failure = e;
      } catch (InterruptedException e) {
        failure =
            DeliveryException.retryable("interrupted: no answer within " + timeoutMillis + " ms");
      } catch (RuntimeException e) {
        LOG.error("Sink {} failed unexpectedly on {}", sink.name(), waiting.notification().id(), e);
        failure = DeliveryException.permanent("fault in the sink: " + e.getClass().getSimpleName());
      } finally {
        end();
        ended.add(new Ended(waiting, beganAtMillis, failure));
      }
    }

    synchronized void interrupt() {
      isInterrupted = true;
      if (thread != null) {
        thread.interrupt();
      }
    }

    private synchronized void begin() throws InterruptedException {
      if (isInterrupted) {
        throw new InterruptedException();
      }
      thread = Thread.currentThread();
    }

    private synchronized void end() {
      thread = null;
      Thread.interrupted(); // the thread goes on to other attempts
    }
  }
}
