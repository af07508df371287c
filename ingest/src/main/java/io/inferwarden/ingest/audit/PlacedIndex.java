package io.inferwarden.ingest.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records that are not settled, by their places and by their hashes. */
final class PlacedIndex {
  private final NavigableMap<Long, List<Placed>> bySequence = new TreeMap<>();
  private final Map<ByteBuffer, Placed> byHash = new HashMap<>();

  PlacedIndex(@Nullable Placed anchor, List<Placed> arrived) {
    for (Placed placed : arrived) {
      bySequence.computeIfAbsent(placed.sequence, unused -> new ArrayList<>(1)).add(placed);
      // Of two that claim a hash, the one that is not known to be wrong.
      byHash.merge(
          ByteBuffer.wrap(placed.hash), placed, (one, other) -> one.reported ? other : one);
    }
    if (anchor != null) {
      byHash.put(ByteBuffer.wrap(anchor.hash), anchor);
    }
  }

  NavigableMap<Long, List<Placed>> bySequence() {
    return bySequence;
  }

  /** Whether the record that it says it follows is there. */
  boolean isLinked(Placed placed) {
    Placed lower = byHash.get(ByteBuffer.wrap(placed.previous));
    return lower != null && placed.follows(lower);
  }
}
