package io.inferwarden.ingest;

import java.util.Arrays;

/** A set of 32-bit hashes that is emptied at no cost. Holds what one measured text can need. */
final class WordSet {
  /** Entries hold at most 1.5 times the measured characters: words and lines. */
  private static final int SLOTS = 2 * TextMeasures.MEASURED_CHARACTERS;

  private static final int MASK = SLOTS - 1;

  /** The generation in the high half, the hash in the low one. */
  private final long[] entries = new long[SLOTS];

  private int generation = 1;

  void clear() {
    if (generation == Integer.MAX_VALUE) {
      Arrays.fill(entries, 0);
      generation = 0;
    }
    generation++;
  }

  /** False when it was there. */
  boolean add(int hash) {
    long wanted = wanted(hash);
    int slot = find(hash, wanted);
    if (entries[slot] == wanted) {
      return false;
    }
    entries[slot] = wanted;
    return true;
  }

  boolean contains(int hash) {
    long wanted = wanted(hash);
    return entries[find(hash, wanted)] == wanted;
  }

  private long wanted(int hash) {
    return ((long) generation << 32) | (hash & 0xffffffffL);
  }

  /** The slot that holds it, or the free one where it belongs. */
  private int find(int hash, long wanted) {
    int slot = hash & MASK;
    while (entries[slot] != wanted && entries[slot] >>> 32 == generation) {
      slot = (slot + 1) & MASK;
    }
    return slot;
  }
}
