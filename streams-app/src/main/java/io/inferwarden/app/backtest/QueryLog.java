package io.inferwarden.app.backtest;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * When each principal asked and when each model was asked, kept during a backtest so that delays
 * can be counted in queries. Eight bytes a time, twice per event; times need not come in order. Not
 * thread-safe.
 */
public final class QueryLog {
  private final Map<String, Times> byPrincipal = new HashMap<>();
  private final Map<String, Times> byModel = new HashMap<>();

  /** Notes one event. */
  public void record(String principal, String model, long timeMillis) {
    byPrincipal.computeIfAbsent(principal, unseen -> new Times()).add(timeMillis);
    byModel.computeIfAbsent(model, unseen -> new Times()).add(timeMillis);
  }

  /** Everyone who asked anything. */
  public Set<String> principals() {
    return Collections.unmodifiableSet(byPrincipal.keySet());
  }

  /** How many queries the principal sent from one time to another, both inclusive. */
  public long queriesOf(String principal, long fromMillis, long toMillis) {
    Times times = byPrincipal.get(principal);
    return times == null ? 0 : times.countBetween(fromMillis, toMillis);
  }

  /** How many events the model received from one time to another, both inclusive. */
  public long eventsOf(String model, long fromMillis, long toMillis) {
    Times times = byModel.get(model);
    return times == null ? 0 : times.countBetween(fromMillis, toMillis);
  }

  private static final class Times {
    private long[] millis = new long[16];
    private int size;

    void add(long timeMillis) {
      if (size == millis.length) {
        millis = Arrays.copyOf(millis, size + (size >> 1));
      }
      millis[size++] = timeMillis;
    }

    long countBetween(long fromMillis, long toMillis) {
      long count = 0;
      for (int i = 0; i < size; i++) {
        if (millis[i] >= fromMillis && millis[i] <= toMillis) {
          count++;
        }
      }
      return count;
    }
  }
}
