package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * Decaying memories of what recent panes held and of what the centre expected of them, so that a
 * season or a surge changes both alike.
 */
final class PaneMemory {
  /** Memories of 50, 10, 2 and no panes. */
  private static final double[] DECAYS = {.98, .9, .5, 0};

  /** Index of the memory of two panes, the shortest that holds anything. */
  static final int SHORTEST = 2;

  /** Memories that hold anything: the last is the one of no panes. */
  private static final int HELD = DECAYS.length - 1;

  /** What the memory of no panes holds, for any number of bins. */
  private static final double[] NOTHING = new double[PaneCounts.MOST_BINS];

  private final double[][] seen;
  private final double[][] expected;

  PaneMemory(int bins) {
    this(new double[HELD][bins], new double[HELD][bins]);
  }

  private PaneMemory(double[][] seen, double[][] expected) {
    this.seen = seen;
    this.expected = expected;
  }

  PaneMemory copy() {
    PaneMemory copy = new PaneMemory(seen[0].length);
    for (int d = 0; d < HELD; d++) {
      System.arraycopy(seen[d], 0, copy.seen[d], 0, seen[d].length);
      System.arraycopy(expected[d], 0, copy.expected[d], 0, expected[d].length);
    }
    return copy;
  }

  /** What a memory holds, at least as long as there are bins; not to be changed. */
  double[] seen(int memory) {
    return memory < HELD ? seen[memory] : NOTHING;
  }

  /** What the centre expected of it, at least as long as there are bins; not to be changed. */
  double[] expected(int memory) {
    return memory < HELD ? expected[memory] : NOTHING;
  }

  /**
   * Takes in a pane after it was judged.
   *
   * @param independent what each event of the pane counts for, in (0, 1]
   * @param length of the pane, in panes of the baseline, above 0: memories are as long in hours,
   *     however short the panes
   */
  void remember(int[] counts, double[] centre, double independent, double length) {
    int events = Vectors.sum(counts);
    for (int d = 0; d < HELD; d++) {
      double decay = length == 1 ? DECAYS[d] : Math.pow(DECAYS[d], length);
      for (int k = 0; k < counts.length; k++) {
        seen[d][k] = decay * (seen[d][k] + counts[k] * independent);
        expected[d][k] = decay * (expected[d][k] + centre[k] * events * independent);
      }
    }
  }

  /**
   * The centre as an urn expects it that started at {@code start} and believes its memory against
   * {@code strength} events; written into {@code into}.
   */
  void urnCentre(PredictiveUrn urn, double[] centre, double[] p, double[] start, double[] into) {
    double[] o = seen(urn.memory());
    double[] e = expected(urn.memory());
    double strength = urn.strength();
    for (int k = 0; k < into.length; k++) {
      into[k] = centre[k] * (strength * start[k] + o[k]) / (strength * p[k] + e[k]);
    }
    Vectors.normalise(into);
  }

  /** The centre shifted in location and spread as the memory says; written into {@code into}. */
  void tiltedCentre(PredictiveUrn urn, double[] centre, Tilts tilts, double[] into) {
    double[] o = seen(urn.memory());
    tilts.ratios(urn.strength(), o, expected(urn.memory()), Vectors.sum(o), into);
    for (int k = 0; k < into.length; k++) {
      into[k] *= centre[k];
    }
    Vectors.normalise(into);
  }

  void writeTo(StateWriter writer) {
    for (int d = 0; d < HELD; d++) {
      writer.writeDoubles(seen[d]).writeDoubles(expected[d]);
    }
  }

  static PaneMemory readFrom(StateReader reader, int bins) {
    PaneMemory memory = new PaneMemory(bins);
    for (int d = 0; d < HELD; d++) {
      memory.seen[d] = StoredDoubles.read(reader, bins);
      memory.expected[d] = StoredDoubles.read(reader, bins);
    }
    return memory;
  }
}
