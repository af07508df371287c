package io.inferwarden.alerting.sink.syslog;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends work on a socket that takes too long, by closing the socket: writing to one has no time
 * limit of its own.
 */
final class Deadlines implements AutoCloseable {
  /** Work on a socket. */
  interface Work {
    void run() throws IOException;
  }

  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    timer = new ScheduledThreadPoolExecutor(1, Deadlines::daemon);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Does the work; fails with a {@link SocketTimeoutException} when the time is up. */
  void within(Duration limit, Socket raw, Work work) throws IOException {
    AtomicBoolean isLate = new AtomicBoolean();
    ScheduledFuture<?> end = closeAfter(limit, raw, isLate);
    try {
      work.run();
    } catch (IOException e) {
      if (isLate.get()) {
        SocketTimeoutException late = new SocketTimeoutException("not done within " + limit);
        late.initCause(e);
        throw late;
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private ScheduledFuture<?> closeAfter(Duration limit, Socket raw, AtomicBoolean isLate)
      throws IOException {
    try {
      return timer.schedule(
          () -> {
            isLate.set(true);
            raw.close();
            return null;
          },
          limit.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the sink is closed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "alert-syslog-deadlines");
    thread.setDaemon(true);
    return thread;
  }
}
