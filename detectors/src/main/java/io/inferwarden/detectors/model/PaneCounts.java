package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bin counts of all signals of a model in one pane. Counts merge by adding: merging the parts of a
 * pane equals counting it whole. Adding an event allocates nothing. Not thread-safe.
 */
public final class PaneCounts {
  private static final int VERSION = 1;
  private static final int MOST_SIGNALS = 1024;
  private static final int MOST_BINS = 64;

  private final @Nullable SignalLayout layout;
  private final int[][] counts;
  private long inputEvents;
  private long outputEvents;

  /** Input event in which each signal was last counted, to find the features that are missing. */
  private final long[] lastCounted;

  /** Signal that was found at each position of the last event; events mostly keep their order. */
  private int[] signalAtPosition = new int[0];

  PaneCounts(SignalLayout layout) {
    this(layout, new int[layout.signals()][]);
    for (int s = 0; s < counts.length; s++) {
      counts[s] = new int[layout.bins(s).size()];
    }
  }

  private PaneCounts(@Nullable SignalLayout layout, int[][] counts) {
    this.layout = layout;
    this.counts = counts;
    this.lastCounted = new long[counts.length];
  }

  /** Counts inputs and outputs of an event. */
  public void add(Observation observation) {
    addInputs(observation);
    addOutputs(observation);
  }

  /**
   * Counts the inputs of an event. A feature that the baseline knows and the event lacks counts as
   * missing; one that the baseline does not know is passed over.
   */
  public void addInputs(Observation observation) {
    SignalLayout known = requireLayout();
    inputEvents++;
    int found = 0;
    int features = observation.featureCount();
    if (signalAtPosition.length < features) {
      signalAtPosition = Arrays.copyOf(signalAtPosition, features);
    }
    for (int i = 0; i < features; i++) {
      int signal = signalOf(known, observation.featureName(i), i);
      if (signal == SignalLayout.ABSENT || lastCounted[signal] == inputEvents) {
        continue;
      }
      lastCounted[signal] = inputEvents;
      found++;
      count(known, signal, observation.featureNumber(i), observation.featureWord(i));
    }
    if (found < known.inputs()) {
      countMissing(known);
    }
  }

  /** Counts the outputs of an event. */
  public void addOutputs(Observation observation) {
    SignalLayout known = requireLayout();
    outputEvents++;
    if (known.label() != SignalLayout.ABSENT) {
      count(known, known.label(), Double.NaN, observation.label());
    }
    if (known.confidence() != SignalLayout.ABSENT) {
      count(known, known.confidence(), confidence(observation), null);
    }
    if (known.value() != SignalLayout.ABSENT) {
      count(known, known.value(), observation.regressionValue(), null);
    }
  }

  /** Adds the counts of another part of the pane, of the same baseline. */
  public void merge(PaneCounts other) {
    if (other.counts.length != counts.length) {
      throw new IllegalArgumentException(
          "merged counts must have " + counts.length + " signals, was " + other.counts.length);
    }
    for (int s = 0; s < counts.length; s++) {
      if (other.counts[s].length != counts[s].length) {
        throw new IllegalArgumentException(
            "bins of signal "
                + s
                + " must be "
                + counts[s].length
                + ", was "
                + other.counts[s].length);
      }
    }
    for (int s = 0; s < counts.length; s++) {
      for (int k = 0; k < counts[s].length; k++) {
        counts[s][k] = Math.addExact(counts[s][k], other.counts[s][k]);
      }
    }
    inputEvents += other.inputEvents;
    outputEvents += other.outputEvents;
    // Event numbers of this object restart above those of the other, so no mark can match by
    // chance.
    Arrays.fill(lastCounted, 0);
  }

  /** Events whose inputs were counted: all events of the model. */
  public long inputEvents() {
    return inputEvents;
  }

  /** Events whose outputs were counted: those of this version of the model. */
  public long outputEvents() {
    return outputEvents;
  }

  int signals() {
    return counts.length;
  }

  /** The counts of a signal, not to be changed. */
  int[] counts(int signal) {
    return counts[signal];
  }

  /** Writes only the bins that hold something. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION);
    VariableLength.write(writer, inputEvents);
    VariableLength.write(writer, outputEvents);
    VariableLength.write(writer, counts.length);
    for (int[] bins : counts) {
      VariableLength.write(writer, bins.length);
      int used = 0;
      for (int count : bins) {
        used += count > 0 ? 1 : 0;
      }
      VariableLength.write(writer, used);
      for (int k = 0; k < bins.length; k++) {
        if (bins[k] > 0) {
          VariableLength.write(writer, k);
          VariableLength.write(writer, bins[k]);
        }
      }
    }
  }

  /**
   * Reads counts that can be merged, stepped and written. They know no baseline, so they take no
   * further events: merge them into {@link ModelBaseline#newPaneCounts()} for that.
   *
   * @throws IllegalArgumentException when the bytes are not such counts
   */
  public static PaneCounts readFrom(StateReader reader) {
    int version = reader.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    long inputEvents = VariableLength.read(reader);
    long outputEvents = VariableLength.read(reader);
    int[][] counts = new int[atMost("signals", MOST_SIGNALS, VariableLength.readInt(reader))][];
    for (int s = 0; s < counts.length; s++) {
      counts[s] = new int[atMost("bins", MOST_BINS, VariableLength.readInt(reader))];
      int used = VariableLength.readInt(reader);
      for (int i = 0; i < used; i++) {
        int bin = atMost("bin", counts[s].length - 1, VariableLength.readInt(reader));
        counts[s][bin] = VariableLength.readInt(reader);
      }
    }
    PaneCounts read = new PaneCounts(null, counts);
    read.inputEvents = inputEvents;
    read.outputEvents = outputEvents;
    return read;
  }

  private static int atMost(String name, int most, int value) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " must be in [0, " + most + "], was " + value);
    }
    return value;
  }

  private SignalLayout requireLayout() {
    if (layout == null) {
      throw new IllegalStateException(
          "counts that were read back know no baseline: merge them into newPaneCounts()");
    }
    return layout;
  }

  private int signalOf(SignalLayout known, String name, int position) {
    int remembered = signalAtPosition[position];
    if (remembered < known.inputs() && known.isNamed(remembered, name)) {
      return remembered;
    }
    int signal = known.input(name);
    if (signal != SignalLayout.ABSENT) {
      signalAtPosition[position] = signal;
    }
    return signal;
  }

  private void count(SignalLayout known, int signal, double number, @Nullable String word) {
    counts[signal][known.bins(signal).bin(number, word)]++;
  }

  private void countMissing(SignalLayout known) {
    for (int s = 0; s < known.inputs(); s++) {
      if (lastCounted[s] != inputEvents) {
        counts[s][known.bins(s).missingBin()]++;
      }
    }
  }

  /** The largest score; NaN when there are none. */
  static double confidence(Observation observation) {
    double largest = Double.NaN;
    for (int i = 0; i < observation.scoreCount(); i++) {
      double score = observation.score(i);
      largest = largest >= score ? largest : score;
    }
    return largest;
  }
}
