package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.sink.IncidentSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the notifications of the outbox to one sink, at least once and in the order of each
 * incident, in a consumer group of its own, so that no sink waits for another. What became of
 * notifications, the digests made of them, dead letters and the place in the outbox are committed
 * together: after a crash only what was under way is delivered again, under the same id.
 *
 * <p>{@link #run} works until {@link #close}. When Kafka fails it, it begins anew after a pause; it
 * does not end for that.
 */
public final class SinkWorker implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkWorker.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final IncidentSink sink;
  private final DeliveryTopics topics;
  private final DeliveryClients clients;
  private final AlertingMetrics metrics;
  private final DeliveryHistory history;
  private final InstantSource clock;
  private final SinkQueue queue;
  private final AttemptPool pool;
  private final TroubleWatch trouble;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable Consumer<byte[], byte[]>> current =
      new AtomicReference<>();

  /**
   * @param sink stays the caller's to close, after the worker
   * @param trouble is told when the sink is of no use any more
   * @param history what was tried before this process began
   * @param random spreads the retries
   */
  public SinkWorker(
      IncidentSink sink,
      DeliverySettings settings,
      DeliveryTopics topics,
      DeliveryClients clients,
      AlertingMetrics metrics,
      SinkTrouble trouble,
      DeliveryHistory history,
      InstantSource clock,
      RandomGenerator random) {
    this.sink = sink;
    this.topics = topics;
    this.clients = clients;
    this.metrics = metrics;
    this.history = history;
    this.clock = clock;
    this.queue = new SinkQueue(sink.name(), settings, random);
    this.pool = new AttemptPool(sink, settings, clock);
    this.trouble = new TroubleWatch(sink.name(), settings, trouble);
    metrics.watch(sink.name());
  }

  /** The name of the sink that it works for. */
  public String sink() {
    return sink.name();
  }

  @Override
  public void run() {
    if (started.getAndSet(true)) {
      throw new IllegalStateException("a worker runs once");
    }
    try {
      while (!isClosing()) {
        runSession();
        closing.await(isClosing() ? 0 : PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.close();
      stopped.countDown();
    }
  }

  /** Ends {@link #run}, which commits what is done, and waits for its end. */
  @Override
  public void close() {
    closing.countDown();
    if (!started.getAndSet(true)) {
      pool.close();
      return;
    }
    Consumer<byte[], byte[]> consumer = current.get();
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!stopped.await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The worker of {} did not stop within {}", sink.name(), CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Works with one pair of connections, until they fail or the worker is closed. */
  private void runSession() throws InterruptedException {
    try (Connections connections = Connections.open(clients, sink.name())) {
      current.set(connections.consumer());
      SinkSession session =
          new SinkSession(sink, topics, connections, metrics, history, clock, queue, pool);
      try {
        session.begin();
        while (!isClosing()) {
          session.takeTurn();
          trouble.look(queue, sink.isEnabled(), clock.millis());
        }
      } catch (WakeupException e) {
        LOG.debug("Woken up to close", e);
      }
      session.end();
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (RuntimeException e) {
      LOG.warn("The worker of {} begins anew in {}", sink.name(), PAUSE_AFTER_FAILURE, e);
      metrics.countRestart(sink.name());
    } finally {
      current.set(null);
      pool.interruptAll();
      metrics.countHandedOver(sink.name(), queue.clear());
    }
  }

  private static InterruptedException interrupted(InterruptException cause) {
    InterruptedException interrupted = new InterruptedException("while talking to Kafka");
    interrupted.initCause(cause);
    return interrupted;
  }
}
