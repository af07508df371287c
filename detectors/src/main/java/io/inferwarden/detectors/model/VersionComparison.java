package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a new version of a model answers with what the old one does, signal by signal.
 *
 * <p>Null hypothesis of a signal: the new version's panes vary around the old version's answers as
 * the old version's own panes do. While the old version answers in the same pane, the two samples
 * are compared with each other ({@link TwoSampleEvidence}); when it has stopped, the pane is scored
 * against its baseline, as in {@code reference/model_evidence.py}: the mean over the alternatives
 * of {@code prod L_j}, started at 1. The e-value is the product of both, whose mean under the null
 * is at most 1, however often one looks: {@code P(ever >= 20) <= 1/20} for each signal (Ville). The
 * part against the baseline holds as far as the null of {@link ModelDetector} does.
 *
 * <p>Signals of requests are not compared: they belong to the callers. Mutable, not thread-safe,
 * deterministic; counts of partitions are merged before a step.
 */
public final class VersionComparison {
  /** E-value from which a signal counts as different. */
  public static final double PROOF = 20;

  private static final int FORMAT = 1;

  private final ModelDetector detector;
  private final List<Compared> compared = new ArrayList<>();
  private long events;

  /** A comparison with the version of the detector's baseline, without evidence. */
  public VersionComparison(ModelDetector detector) {
    this.detector = detector;
    for (int i = detector.firstAnswerSignal(); i < detector.signals(); i++) {
      compared.add(new Compared(i, detector.signal(i)));
    }
  }

  /**
   * Compares a pane.
   *
   * @param paneStartMillis start of the pane; panes come in the order of time
   * @param control the old version's counts of the same pane; null where it had stopped, so that
   *     the baseline stands for it
   * @param candidate the new version's counts, of the detector's baseline
   */
  public void step(long paneStartMillis, @Nullable PaneCounts control, PaneCounts candidate) {
    requireShape(candidate);
    if (control != null) {
      requireShape(control);
    }
    long answers = candidate.outputEvents();
    events += control == null ? answers : Math.min(answers, control.outputEvents());
    for (Compared signal : compared) {
      int[] own = candidate.counts(signal.index);
      if (Vectors.sum(own) == 0) {
        continue;
      }
      if (control == null) {
        signal.againstBaseline(paneStartMillis, own);
      } else {
        signal.sideBySide(control.counts(signal.index), own);
      }
      signal.peak = Math.max(signal.peak, signal.eValue());
    }
  }

  private void requireShape(PaneCounts counts) {
    if (counts.signals() != detector.signals()) {
      throw new IllegalArgumentException(
          "counts must have " + detector.signals() + " signals, was " + counts.signals());
    }
  }

  /**
   * How many events the comparison rests on: those of the new version, and beside the old one no
   * more than it had in the pane.
   */
  public long events() {
    return events;
  }

  /** How many signals differ. */
  public int differing() {
    return (int) compared.stream().filter(Compared::differs).count();
  }

  /** For each signal of the model, whether it is one of answers that shows no difference. */
  public boolean[] alike() {
    boolean[] alike = new boolean[detector.signals()];
    for (Compared signal : compared) {
      alike[signal.index] = signal.hasBoth() && !signal.differs();
    }
    return alike;
  }

  /** The signals that both versions have, the largest e-value first. */
  public List<SignalComparison> signals() {
    return compared.stream()
        .filter(Compared::hasBoth)
        .map(Compared::result)
        .sorted(Comparator.comparingDouble(SignalComparison::eValue).reversed())
        .toList();
  }

  /** Writes the evidence; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(FORMAT).writeLong(events).writeShort(compared.size());
    compared.forEach(signal -> signal.writeTo(writer));
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are not a comparison with this baseline
   */
  public static VersionComparison readFrom(ModelDetector detector, StateReader reader) {
    int format = reader.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", was " + format);
    }
    VersionComparison read = new VersionComparison(detector);
    read.events = reader.readLong();
    int count = reader.readShort();
    if (count != read.compared.size()) {
      throw new IllegalArgumentException(
          "comparison must have " + read.compared.size() + " signals, was " + count);
    }
    read.compared.forEach(signal -> signal.readFrom(reader));
    return read;
  }

  /** One signal. */
  private static final class Compared {
    final int index;
    final SignalEvidence evidence;
    final SignalBaseline baseline;
    final SignalState state;
    final double[] usual;
    final double[] seen;
    TwoSampleEvidence sideBySide;
    double peak = 1;

    Compared(int index, SignalEvidence evidence) {
      this.index = index;
      this.evidence = evidence;
      this.baseline = evidence.baseline();
      this.state = evidence.newState();
      Arrays.fill(state.evidence, 1);
      this.usual = new double[baseline.size()];
      this.seen = new double[baseline.size()];
      this.sideBySide = new TwoSampleEvidence(baseline.size());
    }

    void againstBaseline(long paneStartMillis, int[] own) {
      double[] centre = new double[usual.length];
      baseline.centre(Season.epochHour(paneStartMillis), state.settled.since(), centre);
      int ownEvents = Vectors.sum(own);
      evidence.step(state, paneStartMillis, 1, own, 0, true);
      for (int k = 0; k < usual.length; k++) {
        usual[k] += ownEvents * centre[k];
        seen[k] += own[k];
      }
    }

    void sideBySide(int[] control, int[] own) {
      int ofControl = Vectors.sum(control);
      if (ofControl == 0) {
        return;
      }
      sideBySide.step(control, own, baseline.independentShare(ofControl + Vectors.sum(own)));
      for (int k = 0; k < seen.length; k++) {
        seen[k] += own[k];
      }
    }

    double eValue() {
      return state.level() * sideBySide.eValue();
    }

    boolean differs() {
      return peak >= PROOF;
    }

    boolean hasBoth() {
      return Vectors.sum(seen) > 0; // nothing is added where the other side had no event
    }

    SignalComparison result() {
      double[] expected = usual.clone();
      sideBySide.addExpected(expected);
      double ofExpected = Vectors.sum(expected);
      double ofSeen = Vectors.sum(seen);
      double distance = 0;
      List<BinShift> bins = new ArrayList<>();
      for (int k = 0; k < seen.length; k++) {
        double expectedShare = Math.min(1, expected[k] / ofExpected);
        double seenShare = Math.min(1, seen[k] / ofSeen);
        distance += Math.abs(seenShare - expectedShare) / 2;
        String name = baseline.bins().binName(baseline.name(), k);
        bins.add(new BinShift(name, expectedShare, seenShare));
      }
      double shown = differs() ? peak : eValue();
      return new SignalComparison(baseline.name(), differs(), shown, Math.min(1, distance), bins);
    }

    void writeTo(StateWriter writer) {
      state.writeTo(writer);
      sideBySide.writeTo(writer);
      writer.writeDoubles(usual).writeDoubles(seen).writeDouble(peak);
    }

    void readFrom(StateReader reader) {
      state.readFrom(reader);
      sideBySide = TwoSampleEvidence.readFrom(reader, usual.length);
      System.arraycopy(StoredDoubles.read(reader, usual.length), 0, usual, 0, usual.length);
      System.arraycopy(StoredDoubles.read(reader, seen.length), 0, seen, 0, seen.length);
      peak = reader.readDouble();
    }
  }
}
