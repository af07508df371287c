package io.inferwarden.ingest.source.kserve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds halves until the other half comes, at most so many, of at most so many bytes, each at most
 * so long. Every half that is added leaves exactly once: in a pair, or alone. Thread-safe.
 */
final class HalfJoiner {
  private final long joinWithinMillis;
  private final int mostHeld;
  private final long mostBytes;

  /** In the order of their coming. */
  private final LinkedHashMap<Half.Key, Half> held = new LinkedHashMap<>();

  private long heldBytes;
  private long unmatched;

  HalfJoiner(KServeSettings settings) {
    this.joinWithinMillis = settings.joinWithin().toMillis();
    this.mostHeld = settings.mostHeld();
    this.mostBytes = settings.mostBytes();
  }

  /**
   * What became of a half: it met the other, waits for it, or goes on alone.
   *
   * @param other the half that had waited for it; null when none had
   */
  record Outcome(@Nullable Half other, boolean isHeld) {
    private static final Outcome HELD = new Outcome(null, true);
    private static final Outcome ALONE = new Outcome(null, false);
  }

  /**
   * Adds a half.
   *
   * @param evicted takes earlier halves that now go on alone, for want of room or because the same
   *     half of their call came again
   */
  synchronized Outcome add(Half half, List<Half> evicted) {
    Half other = held.get(half.key());
    if (other != null) {
      forget(other);
      if (other.isRequest() != half.isRequest()) {
        return new Outcome(other, false);
      }
      leave(other, evicted);
    }
    if (joinWithinMillis == 0 || half.bytes() > mostBytes) {
      unmatched++;
      return Outcome.ALONE;
    }
    Half kept = half.withBodyOfItsOwn();
    held.put(kept.key(), kept);
    heldBytes += kept.bytes();
    while (held.size() > mostHeld || heldBytes > mostBytes) {
      Half oldest = held.values().iterator().next();
      forget(oldest);
      leave(oldest, evicted);
    }
    return Outcome.HELD;
  }

  /** Gives up on the halves that came so long ago, or on all at {@link Long#MAX_VALUE}. */
  synchronized List<Half> release(long nowMillis) {
    List<Half> alone = new ArrayList<>();
    for (Iterator<Half> halves = held.values().iterator(); halves.hasNext(); ) {
      Half oldest = halves.next();
      if (nowMillis - joinWithinMillis < oldest.receivedAtMillis()) {
        break;
      }
      halves.remove();
      heldBytes -= oldest.bytes();
      leave(oldest, alone);
    }
    return alone;
  }

  synchronized int held() {
    return held.size();
  }

  synchronized long heldBytes() {
    return heldBytes;
  }

  synchronized long unmatched() {
    return unmatched;
  }

  private void forget(Half half) {
    held.remove(half.key());
    heldBytes -= half.bytes();
  }

  private void leave(Half half, List<Half> alone) {
    unmatched++;
    alone.add(half);
  }
}
