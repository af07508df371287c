package io.inferwarden.bench.collector;

import io.inferwarden.ingest.EventJsonWriter;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.EventLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Some senders, each of which has one request under way: it reads lines and appends them. */
final class LoadRun {
  static final int BATCH = 500;

  private final EventLog log;
  private final LoadLines lines;
  private final int senders;
  private final AtomicLong requests = new AtomicLong();

  LoadRun(EventLog log, LoadLines lines, int senders) {
    this.log = log;
    this.lines = lines;
    this.senders = senders;
  }

  /**
   * What came of a run.
   *
   * @param eventsPerSecond acknowledged
   * @param p50Millis from the due time of a request, or its beginning when as fast as possible
   */
  record Result(double eventsPerSecond, double p50Millis, double p99Millis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,9.0f events/s, p50 %6.1f ms, p99 %6.1f ms",
          eventsPerSecond,
          p50Millis,
          p99Millis);
    }
  }

  /**
   * Sends for so many seconds.
   *
   * @param rate events a second over all senders; 0 for as fast as they are taken
   */
  Result run(double seconds, double rate) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    List<Future<List<Long>>> sending = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      SplittableRandom random = new SplittableRandom(i + 1L);
      double interval = rate <= 0 ? 0 : 1e9 * BATCH * senders / rate;
      sending.add(threads.submit(() -> send(end, interval, random)));
    }
    List<Long> took = new ArrayList<>();
    for (Future<List<Long>> each : sending) {
      took.addAll(each.get());
    }
    threads.shutdown();
    double elapsed = (System.nanoTime() - begin) / 1e9;
    long[] sorted = took.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Result(
        (double) sorted.length * BATCH / elapsed, quantile(sorted, .5), quantile(sorted, .99));
  }

  private static double quantile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private List<Long> send(long end, double intervalNanos, SplittableRandom random)
      throws InterruptedException, ExecutionException {
    EventParser parser = new EventParser();
    EventJsonWriter writer = new EventJsonWriter();
    List<Long> took = new ArrayList<>();
    long first = System.nanoTime() + (long) (random.nextDouble() * intervalNanos);
    for (long due = first; due - end < 0 && System.nanoTime() - end < 0; ) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      List<AdmittedEvent> events = batch(parser, writer, random);
      log.append(events).get();
      took.add(System.nanoTime() - due);
      due = intervalNanos == 0 ? System.nanoTime() : first + (long) (intervalNanos * took.size());
    }
    return took;
  }

  private List<AdmittedEvent> batch(
      EventParser parser, EventJsonWriter writer, SplittableRandom random) {
    long request = requests.incrementAndGet();
    List<AdmittedEvent> events = new ArrayList<>(BATCH);
    InferenceEvent event = new InferenceEvent();
    long now = System.currentTimeMillis();
    for (int i = 0; i < BATCH; i++) {
      byte[] line = lines.line("load-" + request + "-" + i, now, random);
      RejectedEvent rejected = parser.parse(line, 0, line.length, now, event);
      if (rejected != null) {
        throw new IllegalStateException("a line of the load was rejected: " + rejected);
      }
      events.add(
          new AdmittedEvent(event.principal(), writer.write(event), audit(event, now), null));
    }
    return events;
  }

  private static AuditEntry audit(InferenceEvent event, long now) {
    return new AuditEntry(
        String.valueOf(event.id()),
        event.timeMillis(),
        now,
        "events",
        "load",
        "default",
        event.principal(),
        null,
        event.model(),
        event.version(),
        null,
        "classify",
        event.status(),
        null,
        null);
  }
}
