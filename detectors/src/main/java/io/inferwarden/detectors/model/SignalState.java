package io.inferwarden.detectors.model;

import io.inferwarden.detectors.budget.ShiryaevRoberts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/** What is kept of one signal of one model: a few bin vectors and a few doubles. */
final class SignalState {
  final String name;

  /** {@code M} per alternative. */
  final double[] evidence;

  /** Trust in each predictor of the null; those in force sum to 1. */
  final double[] trust;

  /** Log of the CUSUM of each alternative, at least 0, and the start of its present excursion. */
  final float[] cusum;

  private final int[] onsetSeconds;

  final SettledPanes settled;
  final SettledWander wander;
  final NullAudit audit;
  PaneMemory memory;

  SignalState(int alternatives, int nulls, SignalBaseline baseline) {
    name = baseline.name();
    evidence = new double[alternatives];
    trust = new double[nulls];
    cusum = new float[alternatives];
    onsetSeconds = new int[alternatives];
    settled = new SettledPanes(baseline.season(), baseline.size());
    wander = new SettledWander(baseline.wanderGains());
    audit = new NullAudit();
    memory = new PaneMemory(baseline.size());
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

  /** Start of the present excursion of an alternative's CUSUM, to the second. */
  long onsetMillis(int alternative) {
    return Integer.toUnsignedLong(onsetSeconds[alternative]) * 1000;
  }

  /** An excursion begins with the pane. */
  void beginOnset(int alternative, long paneStartMillis) {
    onsetSeconds[alternative] = (int) Math.floorDiv(paneStartMillis, 1000L);
  }

  void restart() {
    Arrays.fill(evidence, ShiryaevRoberts.RESTART);
    Arrays.fill(cusum, 0);
  }

  void writeTo(StateWriter writer) {
    writer.writeDoubles(evidence).writeDoubles(trust);
    for (int j = 0; j < cusum.length; j++) {
      writer.writeInt(Float.floatToIntBits(cusum[j])).writeInt(onsetSeconds[j]);
    }
    settled.writeTo(writer);
    wander.writeTo(writer);
    audit.writeTo(writer);
    memory.writeTo(writer);
  }

  /** Reads what {@link #writeTo} wrote into this new state. */
  void readFrom(StateReader reader) {
    copy(StoredDoubles.read(reader, evidence.length), evidence);
    copy(StoredDoubles.read(reader, trust.length), trust);
    for (int j = 0; j < cusum.length; j++) {
      cusum[j] = Float.intBitsToFloat(reader.readInt());
      onsetSeconds[j] = reader.readInt();
    }
    settled.readFrom(reader);
    wander.readFrom(reader);
    audit.readFrom(reader);
    memory = PaneMemory.readFrom(reader, settled.bins());
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
