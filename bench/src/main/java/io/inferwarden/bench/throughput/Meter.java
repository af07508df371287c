package io.inferwarden.bench.throughput;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a contestant takes for an event, once it is warm. */
final class Meter {
  private static final long LOOK_MILLIS = 100;
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  /**
   * What was measured.
   *
   * @param events how many were measured
   * @param eventsPerSecond by the clock
   * @param nanosPerEvent processor time of the threads that do the work
   * @param bytesPerEvent that those threads allocated
   */
  record Reading(long events, double eventsPerSecond, double nanosPerEvent, double bytesPerEvent) {
    static Reading parse(String line) {
      String[] words = line.split(" ", -1);
      return new Reading(
          Long.parseLong(words[0]),
          Double.parseDouble(words[1]),
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]));
    }

    String toLine() {
      return events + " " + eventsPerSecond + " " + nanosPerEvent + " " + bytesPerEvent;
    }
  }

  private record Snapshot(long count, long nanos, long processorNanos, long allocatedBytes) {
    Reading until(Snapshot end) {
      double events = end.count - count;
      return new Reading(
          end.count - count,
          events / ((end.nanos - nanos) / 1e9),
          (end.processorNanos - processorNanos) / events,
          (end.allocatedBytes - allocatedBytes) / events);
    }
  }

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Contestant contestant;

  Meter(Contestant contestant) {
    this.contestant = contestant;
  }

  /**
   * Waits until the warm-up is over, and measures from there.
   *
   * @param warmUp events that do not count
   * @param until the event after which it ends
   * @param longest how long it measures at most
   */
  Reading measure(long warmUp, long until, Duration longest) throws InterruptedException {
    Snapshot begin = await(warmUp, Duration.ofDays(1));
    return begin.until(await(until, longest));
  }

  private Snapshot await(long wanted, Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    long moved = start;
    long before = -1;
    while (true) {
      long count = contestant.count().getAsLong();
      long now = System.nanoTime();
      if (count != before) {
        moved = now;
        before = count;
      }
      if (count >= wanted || now - start >= longest.toNanos()) {
        return snapshot(count);
      }
      if (now - moved > STANDSTILL.toNanos()) {
        throw new IllegalStateException("it stands still at " + count + " of " + wanted);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Snapshot snapshot(long count) {
    long processor = 0;
    long allocated = 0;
    long[] ids = threads.getAllThreadIds();
    for (int i = 0; i < ids.length; i++) {
      if (isWorker(ids[i], contestant::works)) {
        processor += threads.getThreadCpuTime(ids[i]);
        allocated += threads.getThreadAllocatedBytes(ids[i]);
      }
    }
    return new Snapshot(count, System.nanoTime(), processor, allocated);
  }

  private boolean isWorker(long id, Predicate<String> works) {
    var info = threads.getThreadInfo(id);
    return info != null && works.test(info.getThreadName());
  }
}
