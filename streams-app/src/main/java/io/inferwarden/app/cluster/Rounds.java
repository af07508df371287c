package io.inferwarden.app.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again in a thread of its own, with a pause between. */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final Runnable round;
  private final ScheduledExecutorService thread;

  Rounds(String name, Runnable round) {
    this.name = name;
    this.round = round;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // a round that fails is logged and does not end them
  void start(Duration pause) {
    thread.scheduleWithFixedDelay(this::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void once() {
    try {
      round.run();
    } catch (RuntimeException e) {
      LOG.error("A round of {} failed", name, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
