package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ranks in the distribution of a value: of all events, and of those with the same label. */
final class ConditionalRanks {
  /** A label with fewer learned events uses the distribution of all. */
  private static final int FEWEST_EVENTS = 50;

  private final RankTable all;
  private final @Nullable RankTable[] byLabel;

  private ConditionalRanks(RankTable all, @Nullable RankTable[] byLabel) {
    this.all = all;
    this.byLabel = byLabel;
  }

  /**
   * @param values of the learned events, NaN where missing
   * @param labels slot of each event's label, -1 where missing
   * @param slots number of label slots; 0 when only the distribution of all is wanted
   */
  static ConditionalRanks learn(float[] values, int[] labels, int slots) {
    @Nullable RankTable[] byLabel = new @Nullable RankTable[slots];
    for (int slot = 0; slot < slots; slot++) {
      float[] own = select(values, labels, slot);
      byLabel[slot] = own.length < FEWEST_EVENTS ? null : RankTable.learn(own);
    }
    return new ConditionalRanks(RankTable.learn(select(values, labels, -1)), byLabel);
  }

  private static float[] select(float[] values, int[] labels, int slot) {
    float[] selected = new float[values.length];
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i]) && (slot < 0 || labels[i] == slot)) {
        selected[size++] = values[i];
      }
    }
    return Arrays.copyOf(selected, size);
  }

  /** The rank among all events, in (0, 1), or NaN. */
  double rank(float value) {
    return all.rank(value);
  }

  /** The rank among the events of the same label, in (0, 1), or NaN. */
  double rankGiven(int label, float value) {
    return given(label).rank(value);
  }

  /** The ranks among the events of a label; those of all where it has too few. */
  RankTable given(int label) {
    RankTable own = label < 0 || label >= byLabel.length ? null : byLabel[label];
    return own == null ? all : own;
  }

  /** Labels that may have ranks of their own. */
  int slots() {
    return byLabel.length;
  }

  void writeTo(StateWriter out) {
    all.writeTo(out);
    out.writeByte(byLabel.length);
    for (RankTable own : byLabel) {
      out.writeBoolean(own != null);
      if (own != null) {
        own.writeTo(out);
      }
    }
  }

  static ConditionalRanks readFrom(StateReader in) {
    RankTable all = RankTable.readFrom(in);
    @Nullable RankTable[] byLabel = new @Nullable RankTable[Math.max(0, in.readByte())];
    for (int slot = 0; slot < byLabel.length; slot++) {
      byLabel[slot] = in.readBoolean() ? RankTable.readFrom(in) : null;
    }
    return new ConditionalRanks(all, byLabel);
  }
}
