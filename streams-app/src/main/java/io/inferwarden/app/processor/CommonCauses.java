package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells a thief from a change of the model's world: when more than a third of a model's principals
 * look like thieves, the cause is the model's, or that of all who ask it. Then nobody is accused,
 * and all are counted.
 */
final class CommonCauses {
  /**
   * Share of accused principals above which they are not thieves; in the labelled traces 21 % were
   * attackers.
   */
  private static final double MOST = 1 / 3.0;

  /** Fewer principals say nothing about a share. */
  private static final int FEWEST = 6;

  private static final class Tally {
    int active;
    int accused;

    boolean isCommon() {
      return active >= FEWEST && accused > MOST * active;
    }
  }

  private final ObjectStore<Long> found;

  CommonCauses(ObjectStore<Long> found) {
    this.found = found;
  }

  boolean isFoundUnder(String baselineId) {
    return found.size() > 0 && found.get(baselineId) != null;
  }

  /** Looks at all principals that were active lately. */
  void review(ObjectStore<TrackedPrincipal> principals, long nowMillis, long latelyMillis) {
    Map<String, Tally> tallies = new HashMap<>();
    principals.forEach(
        tracked -> {
          if (nowMillis - tracked.memory.lastMillis() <= latelyMillis) {
            Tally tally = tallies.computeIfAbsent(tracked.baselineId, id -> new Tally());
            tally.active++;
            tally.accused += tracked.isAccusedAt(nowMillis) ? 1 : 0;
          }
        });
    for (String baselineId : found.sortedKeys()) {
      Tally tally = tallies.get(baselineId);
      if (tally == null || !tally.isCommon()) {
        found.delete(baselineId);
      }
    }
    tallies.forEach(
        (baselineId, tally) -> {
          if (tally.isCommon() && found.get(baselineId) == null) {
            found.put(baselineId, nowMillis);
          }
        });
  }
}
