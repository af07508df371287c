package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
      return active >= FEWEST && isShareOfAccusedLarge();
    }

    /** Once it is not, no further principal makes it so, if all accused are counted. */
    boolean isShareOfAccusedLarge() {
      return accused > MOST * active;
    }
  }

  private final ObjectStore<Long> found;
  private final ObjectStore<TrackedPrincipal> principals;

  /** The places of those who may be accused; null until the first review after a start. */
  private @Nullable Set<ObjectStore<TrackedPrincipal>.Slot> accused;

  CommonCauses(ObjectStore<Long> found, ObjectStore<TrackedPrincipal> principals) {
    this.found = found;
    this.principals = principals;
  }

  boolean isFoundUnder(String baselineId) {
    return found.size() > 0 && found.get(baselineId) != null;
  }

  /** Takes note that a principal is accused from now on. */
  void accused(ObjectStore<TrackedPrincipal>.Slot slot) {
    if (accused != null) {
      accused.add(slot);
    }
  }

  /** Looks at the principals that were active lately. */
  void review(long nowMillis, long latelyMillis) {
    Map<String, Tally> tallies = tallies(nowMillis, latelyMillis);
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

  /**
   * Of each baseline under which somebody is accused. There are few accused and many others, so the
   * others are counted only until they are too many for a common cause.
   */
  private Map<String, Tally> tallies(long nowMillis, long latelyMillis) {
    Map<String, Tally> tallies = accusedTallies(nowMillis, latelyMillis);
    if (tallies.isEmpty()) {
      return tallies;
    }
    Set<Tally> open = new HashSet<>(tallies.values());
    principals.lookWhile(
        tracked -> {
          Tally tally = tallies.get(tracked.baselineId);
          if (tally != null && isActive(tracked, nowMillis, latelyMillis)) {
            tally.active++;
            if (!tally.isShareOfAccusedLarge()) {
              open.remove(tally);
            }
          }
          return !open.isEmpty();
        });
    return tallies;
  }

  private Map<String, Tally> accusedTallies(long nowMillis, long latelyMillis) {
    Set<ObjectStore<TrackedPrincipal>.Slot> known = accused;
    if (known == null) {
      Set<ObjectStore<TrackedPrincipal>.Slot> all = new HashSet<>();
      principals.forEachSlot(all::add);
      known = all;
      accused = all;
    }
    known.removeIf(slot -> !isAccused(slot.value(), nowMillis));
    Map<String, Tally> tallies = new HashMap<>();
    for (ObjectStore<TrackedPrincipal>.Slot slot : known) {
      TrackedPrincipal tracked = slot.value();
      if (tracked != null && isActive(tracked, nowMillis, latelyMillis)) {
        tallies.computeIfAbsent(tracked.baselineId, id -> new Tally()).accused++;
      }
    }
    return tallies;
  }

  private static boolean isAccused(@Nullable TrackedPrincipal tracked, long nowMillis) {
    return tracked != null && tracked.isAccusedAt(nowMillis);
  }

  private static boolean isActive(TrackedPrincipal tracked, long nowMillis, long latelyMillis) {
    return nowMillis - tracked.memory.lastMillis() <= latelyMillis;
  }
}
