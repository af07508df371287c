package io.inferwarden.detectors.model;

import io.inferwarden.detectors.budget.ShiryaevRoberts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/** What is kept of one signal of one model: a few bin vectors and a few doubles. */
final class SignalState {
  /** {@code M} per alternative. */
  final double[] evidence;

  /** Trust in each predictor of the null; sums to 1. */
  final double[] trust;

  /** Log of the CUSUM of each alternative, at least 0, and the start of its present excursion. */
  final double[] cusum;

  final long[] onsetMillis;

  /** Settled panes, with as many rows as the baseline, and panes that wait a day to settle. */
  final double[][] since;

  final double[][] pending;

  /** Day on which each hour of the day last settled. */
  final long[] day;

  PaneMemory memory;

  SignalState(int alternatives, int nulls, int rows, int bins) {
    evidence = new double[alternatives];
    trust = new double[nulls];
    Arrays.fill(trust, 1.0 / nulls);
    cusum = new double[alternatives];
    onsetMillis = new long[alternatives];
    since = new double[rows][bins];
    pending = new double[DailyProfile.HOURS][bins];
    day = new long[DailyProfile.HOURS];
    memory = new PaneMemory(bins);
  }

  /** {@code M} of the signal: the mean over its alternatives. */
  double level() {
    return Vectors.sum(evidence) / evidence.length;
  }

  /** The alternative that carries most of the level. */
  int leader() {
    int leader = 0;
    for (int j = 1; j < evidence.length; j++) {
      leader = evidence[j] > evidence[leader] ? j : leader;
    }
    return leader;
  }

  void restart() {
    Arrays.fill(evidence, ShiryaevRoberts.RESTART);
    Arrays.fill(cusum, 0);
  }

  void writeTo(StateWriter writer) {
    writer.writeDoubles(evidence).writeDoubles(trust).writeDoubles(cusum);
    writeLongs(writer, onsetMillis);
    writeLongs(writer, day);
    writeRows(writer, since);
    writeRows(writer, pending);
    memory.writeTo(writer);
  }

  /** Reads what {@link #writeTo} wrote into this new state. */
  SignalState readFrom(StateReader reader) {
    copy(StoredDoubles.read(reader, evidence.length), evidence);
    copy(StoredDoubles.read(reader, trust.length), trust);
    copy(StoredDoubles.read(reader, cusum.length), cusum);
    readLongs(reader, onsetMillis);
    readLongs(reader, day);
    readRows(reader, since);
    readRows(reader, pending);
    memory = PaneMemory.readFrom(reader, pending[0].length);
    return this;
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void writeLongs(StateWriter writer, long[] values) {
    for (long value : values) {
      writer.writeLong(value);
    }
  }

  private static void readLongs(StateReader reader, long[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = reader.readLong();
    }
  }

  /** Writes rows; one that is all zero costs a byte. */
  private static void writeRows(StateWriter writer, double[][] rows) {
    for (double[] row : rows) {
      boolean used = Vectors.sum(row) > 0;
      writer.writeBoolean(used);
      if (used) {
        writer.writeDoubles(row);
      }
    }
  }

  private static void readRows(StateReader reader, double[][] into) {
    for (double[] row : into) {
      if (reader.readBoolean()) {
        copy(StoredDoubles.read(reader, row.length), row);
      }
    }
  }
}
