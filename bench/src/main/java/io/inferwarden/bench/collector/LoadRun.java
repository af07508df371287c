package io.inferwarden.bench.collector;

import java.io.IOException;
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

/** Some senders, each of which has one connection and one request under way. */
final class LoadRun {
  private static final long PAUSE_MILLIS = 100;

  private final List<LoadRequests> senders = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  LoadRun(LoadLines lines, int senders) {
    for (int i = 0; i < senders; i++) {
      this.senders.add(new LoadRequests(lines, new SplittableRandom(i + 1L)));
    }
  }

  /**
   * What came of a run.
   *
   * @param events acknowledged
   * @param p50Millis from the due time of a request, or its beginning when as fast as possible
   * @param refused requests
   */
  record Result(double events, double seconds, double p50Millis, double p99Millis, int refused) {
    double eventsPerSecond() {
      return events / seconds;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,7.0f events/s, p50 %6.1f ms, p99 %6.1f ms%s",
          eventsPerSecond(),
          p50Millis,
          p99Millis,
          refused == 0 ? "" : ", " + refused + " requests refused");
    }
  }

  private record Sent(List<Long> tookNanos, int refused) {}

  /**
   * Sends for so many seconds.
   *
   * @param rate events a second over all senders; 0 for as fast as they are taken
   */
  Result run(int port, double seconds, double rate)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(senders.size());
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    double interval = rate <= 0 ? 0 : 1e9 * LoadRequests.BATCH * senders.size() / rate;
    List<Future<Sent>> sending = new ArrayList<>();
    for (int i = 0; i < senders.size(); i++) {
      LoadRequests requests = senders.get(i);
      // evenly apart, as many independent senders are on average
      long first = begin + (long) (interval * i / senders.size());
      sending.add(threads.submit(() -> send(port, requests, first, end, interval)));
    }
    List<Long> took = new ArrayList<>();
    int refused = 0;
    threads.shutdown();
    for (Future<Sent> each : sending) {
      took.addAll(each.get().tookNanos());
      refused += each.get().refused();
    }
    double elapsed = (System.nanoTime() - begin) / 1e9;
    long[] sorted = took.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Result(
        (double) sorted.length * LoadRequests.BATCH,
        elapsed,
        quantile(sorted, .5),
        quantile(sorted, .99),
        refused);
  }

  private static double quantile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private Sent send(int port, LoadRequests requests, long first, long end, double intervalNanos)
      throws IOException, InterruptedException {
    List<Long> took = new ArrayList<>();
    int refused = 0;
    int sent = 0;
    try (LoadSender sender = new LoadSender(port)) {
      for (long due = first; due - end < 0 && System.nanoTime() - end < 0; ) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        if (sender.send(requests.next(numbers.incrementAndGet(), System.currentTimeMillis()))) {
          took.add(System.nanoTime() - due);
        } else {
          refused++;
          Thread.sleep(PAUSE_MILLIS);
        }
        sent++;
        due = intervalNanos == 0 ? System.nanoTime() : first + (long) (intervalNanos * sent);
      }
    }
    return new Sent(took, refused);
  }
}
