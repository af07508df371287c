package io.inferwarden.app.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a thread that takes too long, so that a client who does not read, or sends slowly,
 * does not keep it: an interrupted thread closes the socket it waits for.
 */
final class Deadlines implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "api-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  /** Interrupts the current thread after this time, unless what is returned is ended before. */
  Deadline within(Duration time) {
    Deadline deadline = new Deadline(Thread.currentThread());
    deadline.start(timer, time);
    return deadline;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A time limit for the thread that asked for it. */
  static final class Deadline {
    private final Thread thread;
    private Future<?> alarm = CompletableFuture.completedFuture(null);
    private boolean isOver;
    private boolean hasRung;

    private Deadline(Thread thread) {
      this.thread = thread;
    }

    private void start(ScheduledExecutorService timer, Duration time) {
      alarm = timer.schedule(this::ring, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void ring() {
      if (!isOver) {
        hasRung = true;
        thread.interrupt();
      }
    }

    /** Ends the limit; an interruption by it does not outlast it. */
    synchronized void end() {
      isOver = true;
      alarm.cancel(false);
      if (hasRung) {
        Thread.interrupted();
      }
    }
  }
}
