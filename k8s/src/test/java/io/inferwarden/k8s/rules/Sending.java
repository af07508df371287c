package io.inferwarden.k8s.rules;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something that a test does five times a second until it is closed. */
final class Sending implements AutoCloseable {
  private static final long BETWEEN_MILLIS = 200;

  /** What is done. */
  interface Act {
    void once() throws Exception;
  }

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Sending(Act act) {
    var unused =
        thread.scheduleWithFixedDelay(() -> act(act), 0, BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void act(Act act) {
    try {
      act.once();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void close() throws Exception {
    thread.shutdownNow();
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}
