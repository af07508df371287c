package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * What the stream itself has taught the null since the baseline was learned: panes a day old, while
 * no incident was open, with a memory of 500 hours.
 */
final class SettledPanes {
  /** What is left of the memory when an hour of the day comes round. */
  private static final double LONG_DECAY = .998;

  private static final int DAY_HOURS = 24;

  private final Season season;
  private final double[][] since;

  /** Panes that wait a day, by hour of the day; and the day that each hour was last seen on. */
  private final float[][] pending;

  private final int[] days;

  SettledPanes(Season season, int bins) {
    this.season = season;
    since = new double[season.cells()][bins];
    pending = new float[DAY_HOURS][bins];
    days = new int[DAY_HOURS];
  }

  int bins() {
    return pending[0].length;
  }

  /** Settled counts, a row for each cell of the season; not to be changed. */
  double[][] since() {
    return since;
  }

  /** Counts that still wait for their day to pass. */
  double waiting() {
    double sum = 0;
    for (float[] row : pending) {
      for (float each : row) {
        sum += each;
      }
    }
    return sum;
  }

  /** When an hour comes round on another day, what it held then joins the centre. */
  void settle(long epochHour) {
    int hour = (int) Math.floorMod(epochHour, (long) DAY_HOURS);
    int day = (int) Math.floorDiv(epochHour, (long) DAY_HOURS);
    if (days[hour] == day) {
      return;
    }
    for (double[] row : since) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= LONG_DECAY;
      }
    }
    double[] row = since[season.cellOf((long) days[hour] * DAY_HOURS + hour)];
    float[] held = pending[hour];
    for (int k = 0; k < row.length; k++) {
      row[k] += held[k];
      held[k] = 0;
    }
    days[hour] = day;
  }

  /**
   * A pane waits for its day to pass.
   *
   * @param independent what each event of the pane counts for, in (0, 1]
   */
  void await(long epochHour, int[] counts, double independent) {
    float[] held = pending[(int) Math.floorMod(epochHour, (long) DAY_HOURS)];
    for (int k = 0; k < held.length; k++) {
      held[k] += (float) (counts[k] * independent);
    }
  }

  void writeTo(StateWriter writer) {
    for (int hour = 0; hour < DAY_HOURS; hour++) {
      writer.writeInt(days[hour]);
      boolean used = isUsed(pending[hour]);
      writer.writeBoolean(used);
      if (used) {
        for (float each : pending[hour]) {
          writer.writeInt(Float.floatToIntBits(each));
        }
      }
    }
    for (double[] row : since) {
      boolean used = Vectors.sum(row) > 0;
      writer.writeBoolean(used);
      if (used) {
        writer.writeDoubles(row);
      }
    }
  }

  private static boolean isUsed(float[] row) {
    for (float each : row) {
      if (each != 0) {
        return true;
      }
    }
    return false;
  }

  void readFrom(StateReader reader) {
    for (int hour = 0; hour < DAY_HOURS; hour++) {
      days[hour] = reader.readInt();
      if (reader.readBoolean()) {
        for (int k = 0; k < pending[hour].length; k++) {
          pending[hour][k] = Float.intBitsToFloat(reader.readInt());
        }
      }
    }
    for (double[] row : since) {
      if (reader.readBoolean()) {
        System.arraycopy(StoredDoubles.read(reader, row.length), 0, row, 0, row.length);
      }
    }
  }
}
