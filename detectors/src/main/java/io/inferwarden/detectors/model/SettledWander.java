package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How honest panes were seen to wander after the learning period, which is too short to show it.
 *
 * <p>Each candidate is a null that may follow the stream's own memory. What it gains over the nulls
 * that the learning found, in nats, is summed over panes that have settled, from what it gained on
 * the learning panes onwards, like a CUSUM; from {@link #ARMING_NATS} on the candidate is one of
 * the nulls. A change that is found within two days teaches little: while its incident is open
 * nothing settles; what waited by then settles afterwards. A stream that does not wander is judged
 * as if this were not there. {@code exp(gain)} from a start of 0 is a test martingale against the
 * nulls of the learning, so {@link #VIOLATION_NATS} say that they are wrong.
 */
final class SettledWander {
  /** Evidence in nats from which wandering is part of the null. */
  static final double ARMING_NATS = 1;

  /** Evidence in nats from which the learned null counts as wrong. */
  private static final double VIOLATION_NATS = 4;

  private static final double[] STRENGTHS = {20, 60, 200, 600};
  private static final int MEMORIES = 3;

  /** Strengths times memories. */
  static final int CANDIDATES = STRENGTHS.length * MEMORIES;

  private static final double LARGEST_NATS = 30;
  private static final double SMALLEST_NATS = -1;

  /** What is left of a gain after a block of twelve hours: half after some six weeks. */
  private static final double DECAY = .992;

  private static final int BLOCK_HOURS = 12;

  /** Blocks that wait: two days. */
  private static final int BLOCKS = 4;

  private static final List<PredictiveUrn> BINWISE = candidates(false);
  private static final List<PredictiveUrn> TILTED = candidates(true);

  private final float[] gains;
  private final float[] pending;
  private final int[] epochBlocks;

  /**
   * @param learned what each candidate gained on the learning panes, nats
   */
  SettledWander(double[] learned) {
    gains = new float[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      gains[i] = (float) clamped(learned[i]);
    }
    pending = new float[BLOCKS * CANDIDATES];
    epochBlocks = new int[BLOCKS];
  }

  private static List<PredictiveUrn> candidates(boolean tilted) {
    List<PredictiveUrn> candidates = new ArrayList<>();
    for (double strength : STRENGTHS) {
      for (int memory = 0; memory < MEMORIES; memory++) {
        candidates.add(new PredictiveUrn(strength, memory, tilted));
      }
    }
    return List.copyOf(candidates);
  }

  /** The candidates of a signal, always in the same order. */
  static List<PredictiveUrn> candidatesOf(SignalBins bins) {
    return bins.isOrdered() ? TILTED : BINWISE;
  }

  private static double clamped(double nats) {
    return Math.max(SMALLEST_NATS, Math.min(LARGEST_NATS, nats));
  }

  boolean isArmed(int candidate) {
    return gains[candidate] >= ARMING_NATS;
  }

  /**
   * Whether the stream plainly wanders more than the nulls that the learning found; more is asked
   * where several streams are looked at together.
   */
  boolean isViolated(int streams) {
    double largest = 0;
    for (float gain : gains) {
      largest = Math.max(largest, gain);
    }
    return largest >= VIOLATION_NATS + Math.log(streams);
  }

  /** When a block of hours has waited long enough, what it gained counts. */
  void settle(long epochHour) {
    int epochBlock = (int) Math.floorDiv(epochHour, (long) BLOCK_HOURS);
    int slot = Math.floorMod(epochBlock, BLOCKS);
    if (epochBlocks[slot] == epochBlock) {
      return;
    }
    epochBlocks[slot] = epochBlock;
    for (int i = 0; i < CANDIDATES; i++) {
      gains[i] = (float) clamped(DECAY * gains[i] + pending[slot * CANDIDATES + i]);
      pending[slot * CANDIDATES + i] = 0;
    }
  }

  /** What a candidate gained on a pane of this hour. */
  void gained(long epochHour, int candidate, double nats) {
    int slot = (int) Math.floorMod(Math.floorDiv(epochHour, (long) BLOCK_HOURS), (long) BLOCKS);
    pending[slot * CANDIDATES + candidate] += (float) nats;
  }

  void writeTo(StateWriter writer) {
    for (float gain : gains) {
      writer.writeInt(Float.floatToIntBits(gain));
    }
    for (int slot = 0; slot < BLOCKS; slot++) {
      writer.writeInt(epochBlocks[slot]);
      for (int i = 0; i < CANDIDATES; i++) {
        writer.writeFloat(pending[slot * CANDIDATES + i]);
      }
    }
  }

  void readFrom(StateReader reader) {
    for (int i = 0; i < CANDIDATES; i++) {
      gains[i] = Float.intBitsToFloat(reader.readInt());
    }
    for (int slot = 0; slot < BLOCKS; slot++) {
      epochBlocks[slot] = reader.readInt();
      for (int i = 0; i < CANDIDATES; i++) {
        pending[slot * CANDIDATES + i] = reader.readFloat();
      }
    }
  }
}
