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

/** Sends events at a steady pace, in a thread of its own, until it is told to send the rest. */
final class PacedLoad implements AutoCloseable {
  private static final int PORTIONS = 1_500;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CountDownLatch hurry = new CountDownLatch(1);
  private final Future<?> sent;

  /**
   * Begins to send.
   *
   * @param duration in which all is sent when nobody hurries
   */
  PacedLoad(String bootstrapServers, List<DemoEvent> events, Duration duration) {
    long pauseMillis = duration.toMillis() / PORTIONS;
    int portion = events.size() / PORTIONS + 1;
    sent =
        thread.submit(
            () -> {
              try (EventProducer producer =
                  new EventProducer(Map.of("bootstrap.servers", bootstrapServers), 0)) {
                for (int i = 0; i < events.size(); i++) {
                  producer.send(events.get(i).json());
                  if (i % portion == 0 && hurry.getCount() > 0) {
                    hurry.await(pauseMillis, TimeUnit.MILLISECONDS);
                  }
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
