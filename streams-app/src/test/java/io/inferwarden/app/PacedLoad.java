package io.inferwarden.app;

import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.demo.DemoEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends events in a thread of its own, a part of what is left each time, so that there is a load
 * for as long as the faults take on whatever machine: it comes to no end before it is told to send
 * the rest.
 */
final class PacedLoad implements AutoCloseable {
  private static final int PORTIONS = 1_000;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CountDownLatch hurry = new CountDownLatch(1);
  private final Future<?> sent;

  /**
   * Begins to send.
   *
   * @param duration in which two thirds are sent when nobody hurries
   */
  PacedLoad(String bootstrapServers, List<DemoEvent> events, Duration duration) {
    long pauseMillis = duration.toMillis() / PORTIONS;
    sent =
        thread.submit(
            () -> {
              try (EventProducer producer =
                  new EventProducer(Map.of("bootstrap.servers", bootstrapServers), 0)) {
                double due = 0;
                for (int i = 0; i < events.size(); i++) {
                  while (i >= due && !hurry.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                    due += (events.size() - due) / PORTIONS; // always less than all
                  }
                  producer.send(events.get(i).json());
                }
                producer.flush();
              }
              return null;
            });
  }

  /** Whether all is sent. */
  boolean isOver() {
    return sent.isDone();
  }

  /** Sends the rest as fast as it goes, and returns when the broker has all. */
  void sendTheRest() throws ExecutionException, InterruptedException {
    hurry.countDown();
    sent.get();
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdownNow();
    thread.awaitTermination(10, TimeUnit.SECONDS);
  }
}
