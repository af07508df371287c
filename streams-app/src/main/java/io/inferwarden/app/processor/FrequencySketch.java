package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.DuplicateWindow;

/**
 * Estimates how often each of unboundedly many names was counted lately: a count-min sketch of
 * four-bit counters with conservative update that halves itself, as TinyLFU does.
 *
 * <p>It estimates the number of {@link #add}s of a name, from 0 to 15: never too low but for the
 * halving, too high where all four counters of the name are shared. A name's four counters lie in
 * one block of 64 bytes, which is what a commit writes, and a block halves its counters after 32
 * events of its own, so that no step ever touches more than one block and nothing else needs to be
 * kept. With 16 counters for each name that the table holds, a block stands for 8 of them: names
 * that came once are forgotten after about four times as many events as the table holds names.
 * Measured: {@code FrequencySketchTest}. Deterministic by the order of events.
 *
 * <p>After Einziger, Friedman, Manes, TinyLFU, arXiv:1512.00727. Departs from it in halving block
 * by block and in leaving out the Bloom filter before the counters.
 */
final class FrequencySketch {
  private static final int COUNTERS_PER_NAME = 16;
  private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

  private final ObjectStore<FrequencyBlock> blocks;
  private final int blockMask;

  /**
   * @param names how many names the table holds, at least 1
   */
  FrequencySketch(ObjectStore<FrequencyBlock> blocks, int names) {
    if (names < 1) {
      throw new IllegalArgumentException("names must be >= 1, was " + names);
    }
    this.blocks = blocks;
    long wanted = Math.max(1, (long) names * COUNTERS_PER_NAME / FrequencyBlock.COUNTERS);
    this.blockMask = (int) (Long.highestOneBit(2 * wanted - 1) - 1);
  }

  /** Counts an event and returns the estimate with it, from 1 to 15. */
  int add(String model, String principal) {
    long hash = hash(model, principal);
    ObjectStore<FrequencyBlock>.Slot slot =
        blocks.slot(Integer.toHexString((int) (hash >>> 32) & blockMask));
    FrequencyBlock block = slot.value();
    if (block == null) {
      block = new FrequencyBlock();
      slot.set(block);
    }
    // Before the counters are halved, so that a first event is always 1.
    int estimate = Math.min(15, block.estimate(hash) + 1);
    block.add(hash);
    slot.changed();
    return estimate;
  }

  private static long hash(String model, String principal) {
    long mixed = (DuplicateWindow.hash(model) * ODD) ^ DuplicateWindow.hash(principal);
    mixed = (mixed ^ (mixed >>> 32)) * ODD;
    return mixed ^ (mixed >>> 29);
  }
}
