package io.inferwarden.bench.abuse.rival;

import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayDeque;
import java.util.Deque;

/** Queries of the account within the last 60 seconds. */
public final class RateLimit implements AbuseRival {
  private static final long WINDOW_MILLIS = 60_000;

  private final Deque<Long> times = new ArrayDeque<>();

  @Override
  public double take(Observation query) {
    times.addLast(query.timeMillis());
    while (times.getFirst() <= query.timeMillis() - WINDOW_MILLIS) {
      times.removeFirst();
    }
    return times.size();
  }
}
