package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How honest panes were seen to wander after the learning period, which is too short to show it.
 *
 * <p>Each candidate is a null that may follow the stream's own memory. What it gains over the nulls
 * that the learning found, in nats, is summed over panes a day old and settled; from {@link
 * #ARMING_NATS} on the candidate is one of the nulls. A change that is found within a day therefore
 * teaches nothing, and a stream that does not wander is judged as if this were not there. The gain
 * of a candidate is itself the log of a test martingale against the null, so a gain of {@code ln x}
 * comes by chance in at most one of {@code x} streams (Ville), as far as gains are not yet
 * forgotten or lifted to their floor.
 */
final class SettledWander {
  /** Evidence in nats from which wandering is part of the null. */
  static final double ARMING_NATS = 4;

  private static final double[] STRENGTHS = {20, 60, 200, 600};
  private static final int MEMORIES = 3;
  private static final double LARGEST_NATS = 30;
  private static final double SMALLEST_NATS = -4;

  /** What a block of six hours forgets when it comes round: half in some six weeks. */
  private static final double DECAY = .996;

  private static final int BLOCKS = 4;
  private static final int BLOCK_HOURS = 6;
  private static final int DAY_HOURS = 24;

  private static final List<PredictiveUrn> BINWISE = candidates(false);
  private static final List<PredictiveUrn> TILTED = candidates(true);

  private final double[] gains;
  private final float[][] pending;
  private final int[] days;

  SettledWander() {
    gains = new double[BINWISE.size()];
    pending = new float[BLOCKS][BINWISE.size()];
    days = new int[BLOCKS];
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
  static List<PredictiveUrn> candidatesOf(SignalBaseline baseline) {
    return baseline.bins().isOrdered() ? TILTED : BINWISE;
  }

  boolean isArmed(int candidate) {
    return gains[candidate] >= ARMING_NATS;
  }

  boolean isArmed() {
    return largestGain() >= ARMING_NATS;
  }

  /** The largest gain of a candidate over what the learning found, in nats. */
  double largestGain() {
    return Arrays.stream(gains).max().orElse(0);
  }

  /** When a block of hours comes round on another day, what it gained then counts. */
  void settle(long epochHour) {
    int block = block(epochHour);
    int day = (int) Math.floorDiv(epochHour, DAY_HOURS);
    if (days[block] == day) {
      return;
    }
    days[block] = day;
    for (int i = 0; i < gains.length; i++) {
      double gain = DECAY * gains[i] + pending[block][i];
      gains[i] = Math.max(SMALLEST_NATS, Math.min(LARGEST_NATS, gain));
      pending[block][i] = 0;
    }
  }

  /** What a candidate gained on a pane of this hour. */
  void gained(long epochHour, int candidate, double nats) {
    pending[block(epochHour)][candidate] += (float) nats;
  }

  private static int block(long epochHour) {
    return (int) Math.floorMod(epochHour, (long) DAY_HOURS) / BLOCK_HOURS;
  }

  void writeTo(StateWriter writer) {
    writer.writeDoubles(gains);
    for (int block = 0; block < BLOCKS; block++) {
      writer.writeInt(days[block]);
      for (float each : pending[block]) {
        writer.writeInt(Float.floatToIntBits(each));
      }
    }
  }

  void readFrom(StateReader reader) {
    System.arraycopy(StoredDoubles.read(reader, gains.length), 0, gains, 0, gains.length);
    for (int block = 0; block < BLOCKS; block++) {
      days[block] = reader.readInt();
      for (int i = 0; i < gains.length; i++) {
        pending[block][i] = Float.intBitsToFloat(reader.readInt());
      }
    }
  }
}
