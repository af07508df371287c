package io.inferwarden.ingest.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which record of those not yet settled the line may be walked down from. */
final class TopChoice {
  private TopChoice() {}

  /** The last signed one; null where none is. */
  static @Nullable Placed signed(List<Placed> arrived) {
    Placed top = null;
    for (Placed placed : arrived) {
      if (placed.signed && (top == null || placed.sequence > top.sequence)) {
        top = placed;
      }
    }
    return top;
  }

  /**
   * Without a signature: the furthest one that is linked to another; where none is, the furthest.
   * What is above it then has no links, so that a second choice settles all.
   */
  static Placed likely(@Nullable Placed anchor, List<Placed> arrived) {
    PlacedIndex index = new PlacedIndex(anchor, arrived);
    Placed linked = null;
    Placed furthest = arrived.get(0);
    for (Placed placed : arrived) {
      if (placed.sequence > furthest.sequence) {
        furthest = placed;
      }
      if ((linked == null || placed.sequence > linked.sequence) && index.isLinked(placed)) {
        linked = placed;
      }
    }
    return linked == null ? furthest : linked;
  }
}
