package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.JoiningSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends halves whose time is over on their way, every second, and keeps joined events that the log
 * did not take, since one half of each was acknowledged. While it keeps some, it releases no more,
 * so that what waits is bounded by what the sources hold.
 */
final class HalvesRelease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HalvesRelease.class);
  private static final int MOST_KEPT_EVENTS = 10_000;

  private final EventIntake intake;
  private final Quotas quotas;
  private final InstantSource clock;
  private final Duration appendTime;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private final Deque<Admission> kept = new ArrayDeque<>();
  private int keptEvents;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(HalvesRelease::newThread);

  private record Watched(JoiningSource source, Client client) {}

  /**
   * @param appendTime how long to wait for the log each time
   */
  HalvesRelease(EventIntake intake, Quotas quotas, InstantSource clock, Duration appendTime) {
    this.intake = intake;
    this.quotas = quotas;
    this.clock = clock;
    this.appendTime = appendTime;
  }

  void start() {
    var unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  void watch(JoiningSource source, Client client) {
    watched.add(new Watched(source, client));
  }

  /** Keeps what could not be written, while there is room. */
  synchronized void keep(Admission admission) {
    int events = admission.admitted().size();
    if (keptEvents + events > MOST_KEPT_EVENTS) {
      LOG.warn("Lost {} joined events: too many wait for the log already", events);
      return;
    }
    keepReleased(admission);
  }

  private synchronized void keepReleased(Admission admission) {
    int events = admission.admitted().size();
    if (events > 0) {
      kept.add(admission);
      keptEvents += events;
    }
  }

  /** Ends the ticks, then sends all that is held on its way; false when the log did not take it. */
  boolean flush() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(appendTime.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    releaseUntil(Long.MAX_VALUE);
    synchronized (this) {
      if (keptEvents > 0) {
        LOG.warn("Lost {} joined events: the log does not take them", keptEvents);
      }
      return keptEvents == 0;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Releases what expired, if the log takes what was kept. */
  void releaseExpired() throws InterruptedException {
    releaseUntil(clock.millis());
  }

  private void tick() {
    try {
      releaseExpired();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      // The message may quote what was sent. The timer must go on.
      LOG.error("Releasing halves failed with {}", failure.getClass().getName());
    }
  }

  private void releaseUntil(long expiredAtMillis) throws InterruptedException {
    if (writeKept()) {
      for (Watched one : watched) {
        Admission admission =
            intake.release(one.source, one.client, expiredAtMillis, clock.millis());
        quotas.chargeAnyway(one.client.name(), admission.admitted().size());
        if (!isWritten(intake.append(admission))) {
          keepReleased(admission);
          break;
        }
      }
    }
    showHalves();
  }

  private boolean writeKept() throws InterruptedException {
    while (true) {
      Admission first;
      synchronized (this) {
        first = kept.peek();
      }
      if (first == null) {
        return true;
      }
      if (!isWritten(intake.appendAgain(first))) {
        return false;
      }
      synchronized (this) {
        kept.remove();
        keptEvents -= first.admitted().size();
      }
    }
  }

  private boolean isWritten(CompletableFuture<Void> appending) throws InterruptedException {
    try {
      appending.get(appendTime.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException away) {
      // It may still be written after this time, and be written again: once more is better than
      // never.
      return false;
    }
  }

  private void showHalves() {
    Map<String, long[]> bySource = new TreeMap<>();
    for (Watched one : watched) {
      long[] sums = bySource.computeIfAbsent(one.source.name(), name -> new long[2]);
      sums[0] += one.source.held();
      sums[1] += one.source.unmatched();
    }
    bySource.forEach((source, sums) -> intake.metrics().showHalves(source, (int) sums[0], sums[1]));
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "collector-halves");
    thread.setDaemon(true);
    return thread;
  }
}
