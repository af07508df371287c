package io.inferwarden.app.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;

/**
 * Who is to be called as the wall clock goes on: once however many intervals have passed, and in
 * the order in which Kafka Streams calls.
 */
final class Punctuations {
  private static final class Schedule implements Cancellable {
    final long intervalMillis;
    final Punctuator punctuator;
    long dueMillis;
    boolean cancelled;

    Schedule(long startMillis, long intervalMillis, Punctuator punctuator) {
      this.dueMillis = startMillis;
      this.intervalMillis = intervalMillis;
      this.punctuator = punctuator;
    }

    void moveBeyond(long nowMillis) {
      dueMillis += (Math.floorDiv(nowMillis - dueMillis, intervalMillis) + 1) * intervalMillis;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final PriorityQueue<Schedule> schedules =
      new PriorityQueue<>(Comparator.comparingLong(schedule -> schedule.dueMillis));

  Cancellable add(Instant start, Duration interval, Punctuator punctuator) {
    Schedule schedule = new Schedule(start.toEpochMilli(), interval.toMillis(), punctuator);
    schedules.add(schedule);
    return schedule;
  }

  /** Calls everybody who is due by then. */
  void callDue(long nowMillis) {
    for (Schedule next = schedules.peek();
        next != null && next.dueMillis <= nowMillis;
        next = schedules.peek()) {
      schedules.poll();
      if (!next.cancelled) {
        next.punctuator.punctuate(nowMillis);
      }
      if (!next.cancelled) {
        next.moveBeyond(nowMillis);
        schedules.add(next);
      }
    }
  }
}
