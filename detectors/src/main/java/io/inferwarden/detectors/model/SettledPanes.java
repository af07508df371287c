package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * What the stream itself has taught the null since the baseline was learned: panes a day old, while
 * no incident was open, with a memory of 500 hours. Kept flat: a thousand models have some forty
 * thousand of these.
 */
final class SettledPanes {
  /** What is left of the memory when an hour of the day comes round. */
  private static final double LONG_DECAY = .998;

  private static final int DAY_HOURS = 24;

  private final Season season;
  private final int bins;

  /** Settled counts, one cell of the season after the other. */
  private final double[] since;

  /** Panes that wait a day, by hour of the day; and the day that each hour was last seen on. */
  private final float[] pending;

  /** Days since the epoch in sixteen bits without a sign, which last until 2149. */
  private final char[] days;

  SettledPanes(Season season, int bins) {
    this.season = season;
    this.bins = bins;
    since = new double[season.cells() * bins];
    pending = new float[DAY_HOURS * bins];
    days = new char[DAY_HOURS];
  }

  int bins() {
    return bins;
  }

  /**
   * Settled counts, the bins of one cell of the season after those of another; not to be changed.
   */
  double[] since() {
    return since;
  }

  /** All settled counts. */
  double total() {
    double sum = 0;
    for (double each : since) {
      sum += each;
    }
    return sum;
  }

  /** Counts that still wait for their day to pass. */
  double waiting() {
    double sum = 0;
    for (float each : pending) {
      sum += each;
    }
    return sum;
  }

  /** When an hour comes round on another day, what it held then joins the centre. */
  void settle(long epochHour) {
    int hour = (int) Math.floorMod(epochHour, (long) DAY_HOURS);
    char day = (char) Math.floorDiv(epochHour, (long) DAY_HOURS);
    if (days[hour] == day) {
      return;
    }
    for (int i = 0; i < since.length; i++) {
      since[i] *= LONG_DECAY;
    }
    int cell = season.cellOf((long) days[hour] * DAY_HOURS + hour);
    for (int k = 0; k < bins; k++) {
      since[cell * bins + k] += pending[hour * bins + k];
      pending[hour * bins + k] = 0;
    }
    days[hour] = day;
  }

  /**
   * A pane waits for its day to pass.
   *
   * @param independent what each event of the pane counts for, in (0, 1]
   */
  void await(long epochHour, int[] counts, double independent) {
    int first = (int) Math.floorMod(epochHour, (long) DAY_HOURS) * bins;
    for (int k = 0; k < bins; k++) {
      pending[first + k] += (float) (counts[k] * independent);
    }
  }

  /** Writes only what holds something. */
  void writeTo(StateWriter writer) {
    for (char day : days) {
      writer.writeShort(day);
    }
    for (int first = 0; first < pending.length; first += bins) {
      boolean used = false;
      for (int k = 0; k < bins; k++) {
        used |= pending[first + k] != 0;
      }
      writer.writeBoolean(used);
      for (int k = 0; used && k < bins; k++) {
        writer.writeFloat(pending[first + k]);
      }
    }
    boolean settled = total() > 0;
    writer.writeBoolean(settled);
    if (settled) {
      writer.writeDoubles(since);
    }
  }

  void readFrom(StateReader reader) {
    for (int hour = 0; hour < DAY_HOURS; hour++) {
      days[hour] = (char) reader.readShort();
    }
    for (int first = 0; first < pending.length; first += bins) {
      boolean used = reader.readBoolean();
      for (int k = 0; k < bins; k++) {
        pending[first + k] = used ? reader.readFloat() : 0;
      }
    }
    if (reader.readBoolean()) {
      System.arraycopy(StoredDoubles.read(reader, since.length), 0, since, 0, since.length);
    }
  }
}
