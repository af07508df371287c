package io.inferwarden.ingest.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Places of a chain without a record so far; one that comes late fills its place. */
final class MissingRecords {
  /** Gaps that are waited for at once. */
  private static final int MOST_GAPS = 10_000;

  /**
   * A gap.
   *
   * @param from the first place in it
   * @param to the last place in it
   * @param lastHash of the record at the last place; null when it is not known
   * @param before the record before it; null at the beginning of a chain
   * @param after the record after it
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand
  record Gap(
      long from, long to, byte @Nullable [] lastHash, @Nullable Placed before, Placed after) {
    String describe() {
      String places = from == to ? "seq " + from + " is" : "seq " + from + " to " + to + " are";
      String start = before == null ? "the start of the chain" : before.describe();
      return places + " missing, between " + start + " and " + after.describe();
    }
  }

  /** Whether a late record has a place. */
  enum Fit {
    FILLS,
    IS_ANOTHER,
    NOT_MISSING
  }

  private final TreeMap<Long, Gap> gaps = new TreeMap<>();

  /** Whether the gap is now waited for; there may be too many. */
  boolean add(Gap gap) {
    if (gaps.size() >= MOST_GAPS) {
      return false;
    }
    gaps.put(gap.from(), gap);
    return true;
  }

  Collection<Gap> gaps() {
    return gaps.values();
  }

  Fit fill(Placed late) {
    Map.Entry<Long, Gap> floor = gaps.floorEntry(late.sequence);
    if (floor == null || late.sequence > floor.getValue().to()) {
      return Fit.NOT_MISSING;
    }
    Gap gap = floor.getValue();
    if (late.sequence == gap.to()
        && gap.lastHash() != null
        && !Arrays.equals(gap.lastHash(), late.hash)) {
      return Fit.IS_ANOTHER;
    }
    gaps.remove(gap.from());
    if (late.sequence > gap.from()) {
      gaps.put(
          gap.from(), new Gap(gap.from(), late.sequence - 1, late.previous, gap.before(), late));
    }
    if (late.sequence < gap.to()) {
      gaps.put(
          late.sequence + 1,
          new Gap(late.sequence + 1, gap.to(), gap.lastHash(), late, gap.after()));
    }
    return Fit.FILLS;
  }
}
