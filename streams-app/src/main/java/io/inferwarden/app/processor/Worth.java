package io.inferwarden.app.processor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a tracked principal is worth, told as the event time at which that is one event only. */
final class Worth {
  /** From how many events on a principal is worth no more: what a four-bit counter can tell. */
  static final int MOST_EVENTS = 15;

  /** How long it must be silent until it is worth half. */
  private static final double HALF_LIFE_MILLIS = Duration.ofDays(1).toMillis();

  private static final long[] LASTING_MILLIS = new long[MOST_EVENTS + 1];

  static {
    for (int events = 1; events <= MOST_EVENTS; events++) {
      LASTING_MILLIS[events] = Math.round(HALF_LIFE_MILLIS * Math.log(events) / Math.log(2));
    }
  }

  private Worth() {}

  /**
   * Event time at which a principal has been silent for so long that all its events are worth one
   * only: a day for each halving, 3.9 days at most. A principal of one event has faded at once.
   */
  static long fadesAtMillis(@Nullable Tracked tracked) {
    return tracked == null || tracked.events() == 0
        ? Long.MIN_VALUE + 1
        : tracked.lastMillis() + lastingMillis(tracked.events());
  }

  /** How long it takes until so many events are worth one; at least one event. */
  static long lastingMillis(long events) {
    return LASTING_MILLIS[(int) Math.min(events, MOST_EVENTS)];
  }
}
