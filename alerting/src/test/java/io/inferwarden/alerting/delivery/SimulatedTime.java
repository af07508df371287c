package io.inferwarden.alerting.delivery;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one thing that happens to the next. */
final class SimulatedTime {
  private record Event(long atMillis, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::atMillis).thenComparing(Event::number));
  private long nowMillis;
  private long number;

  SimulatedTime(long startMillis) {
    this.nowMillis = startMillis;
  }

  long millis() {
    return nowMillis;
  }

  void at(long millis, Runnable action) {
    events.add(new Event(Math.max(millis, nowMillis), number++, action));
  }

  void in(long millis, Runnable action) {
    at(nowMillis + millis, action);
  }

  /** Lets time pass until then. */
  void runUntil(long millis) {
    while (!events.isEmpty() && events.peek().atMillis <= millis) {
      Event next = events.poll();
      nowMillis = next.atMillis;
      next.action.run();
    }
    nowMillis = millis;
  }
}
