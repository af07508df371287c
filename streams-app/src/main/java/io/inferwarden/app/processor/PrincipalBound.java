package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the number of tracked principals bounded: those not seen for the longest time make room.
 * What decides is event time and name, so that every instance forgets the same ones.
 */
final class PrincipalBound {
  /**
   * Principals and models of one partition: about 400 MB at 1 KB each is what a small instance can
   * hold.
   */
  static final int MAXIMUM = 400_000;

  private static final int KEEP = MAXIMUM / 10 * 9;

  private record Seen(String key, long lastMillis) {}

  private final ObjectStore<TrackedPrincipal> principals;

  PrincipalBound(ObjectStore<TrackedPrincipal> principals) {
    this.principals = principals;
  }

  void enforce() {
    if (principals.size() <= MAXIMUM) {
      return;
    }
    List<Seen> seen = new ArrayList<>();
    for (String key : principals.sortedKeys()) {
      TrackedPrincipal tracked = principals.get(key);
      if (tracked != null) {
        seen.add(new Seen(key, tracked.memory.lastMillis()));
      }
    }
    seen.sort(Comparator.comparingLong(Seen::lastMillis).thenComparing(Seen::key));
    for (Seen oldest : seen.subList(0, Math.max(0, seen.size() - KEEP))) {
      principals.delete(oldest.key());
    }
  }
}
