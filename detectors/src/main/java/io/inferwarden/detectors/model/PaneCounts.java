package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bin counts of all signals of a model in one pane. Counts merge by adding: merging the parts of a
 * pane equals counting it whole. Where the baseline found that principals repeat themselves, one
 * event stands for all of its principal in the pane. Adding an event allocates nothing where all
 * events count. Not thread-safe.
 */
public final class PaneCounts {
  private static final int VERSION = 2;
  private static final int MOST_SIGNALS = 1024;

  /** No signal has more bins. */
  static final int MOST_BINS = 64;

  private final @Nullable SignalLayout layout;
  private final int[][] counts;
  private long inputEvents;
  private long outputEvents;

  /** Input event in which each signal was last counted, to find the features that are missing. */
  private final long[] lastCounted;

  /** Signal that was found at each position of the last event; events mostly keep their order. */
  private int[] signalAtPosition = new int[0];

  /** Room for one embedding and its measures. */
  private float[] coordinates = new float[0];

  private final double[] measures = new double[EmbeddingSpace.MEASURES];

  /** Who stands for each principal, where principals count once a pane; null where all count. */
  private @Nullable Representatives requests;

  private @Nullable Representatives answers;

  /** Bins of one event, from the first signal of its request or of its answer on. */
  private short[] chosen = new short[0];

  private int firstChosen;

  /**
   * @param oncePerPrincipal whether one event stands for all that its principal asked in the pane
   */
  PaneCounts(SignalLayout layout, boolean oncePerPrincipal) {
    this(layout, new int[layout.signals()][]);
    for (int s = 0; s < counts.length; s++) {
      counts[s] = new int[layout.bins(s).size()];
    }
    if (oncePerPrincipal) {
      requests = new Representatives();
      answers = new Representatives();
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
   * Counts what belongs to the request of an event. A feature that the baseline knows and the event
   * lacks counts as missing; one that the baseline does not know is counted as such.
   */
  public void addInputs(Observation observation) {
    SignalLayout known = requireLayout();
    inputEvents++;
    begin(0, known.requestSignals());
    addFeatures(known, observation);
    for (int s = known.features(); s < known.requestSignals(); s++) {
      SignalSource source = known.source(s);
      if (source != null) {
        count(known, s, source.number(observation), source.word(observation));
      }
    }
    addEmbedding(known, observation);
    offer(requests, observation);
  }

  private void addFeatures(SignalLayout known, Observation observation) {
    int found = 0;
    int given = 0;
    int unknown = 0;
    int wrong = SchemaSignal.isWrongDimension(observation, known.dimension()) ? 1 : 0;
    int features = observation.featureCount();
    if (signalAtPosition.length < features) {
      signalAtPosition = Arrays.copyOf(signalAtPosition, features);
    }
    for (int i = 0; i < features; i++) {
      int signal = signalOf(known, observation.featureName(i), i);
      if (signal == SignalLayout.ABSENT || lastCounted[signal] == inputEvents) {
        unknown += signal == SignalLayout.ABSENT ? 1 : 0;
        continue;
      }
      lastCounted[signal] = inputEvents;
      found++;
      double number = observation.featureNumber(i);
      String word = observation.featureWord(i);
      int bin = known.bins(signal).bin(number, word);
      tally(signal, bin);
      if (word != null || !Double.isNaN(number)) {
        given++;
        wrong += known.bins(signal).isWrongType(number, word, bin) ? 1 : 0;
      }
    }
    if (found < known.features()) {
      countMissing(known);
    }
    countSchema(known, known.missing(), known.features() - given);
    countSchema(known, known.unknown(), unknown);
    countSchema(known, known.wrongType(), wrong);
  }

  private void countSchema(SignalLayout known, int signal, int violations) {
    if (signal != SignalLayout.ABSENT) {
      count(known, signal, violations, null);
    }
  }

  private void addEmbedding(SignalLayout known, Observation observation) {
    EmbeddingSpace space = known.embedding();
    int first = known.firstEmbedding();
    if (space == null || first == SignalLayout.ABSENT) {
      return;
    }
    if (coordinates.length < space.dimension()) {
      coordinates = new float[space.dimension()];
    }
    space.measure(observation, coordinates, measures);
    for (int i = 0; i < EmbeddingSpace.MEASURES; i++) {
      count(known, first + i, measures[i], null);
    }
  }

  /**
   * Counts what belongs to the answer to an event. A request that failed has no outputs to count:
   * its status says so.
   */
  public void addOutputs(Observation observation) {
    SignalLayout known = requireLayout();
    outputEvents++;
    begin(known.requestSignals(), counts.length);
    boolean failed = PlainSignal.isFailure(observation);
    for (int s = known.requestSignals(); s < counts.length; s++) {
      SignalSource source = known.source(s);
      if (source != null && !(failed && known.isOfAnswer(s))) {
        count(known, s, source.number(observation), source.word(observation));
      }
    }
    offer(answers, observation);
  }

  /** Begins an event that may come to stand for its principal. */
  private void begin(int firstSignal, int endSignal) {
    if (requests != null) {
      firstChosen = firstSignal;
      if (chosen.length != endSignal - firstSignal) {
        chosen = new short[endSignal - firstSignal];
      }
      Arrays.fill(chosen, (short) -1);
    }
  }

  private void tally(int signal, int bin) {
    if (requests == null) {
      counts[signal][bin]++;
    } else {
      chosen[signal - firstChosen] = (short) bin;
    }
  }

  private void offer(@Nullable Representatives representatives, Observation observation) {
    if (representatives != null) {
      long eventHash =
          Representatives.eventHash(
              observation.timeMillis(), observation.inputFingerprint(), chosen);
      representatives.offer(observation.principalHash(), eventHash, chosen, firstChosen, counts);
    }
  }

  /** Adds the counts of another part of the pane, of the same baseline. */
  public void merge(PaneCounts other) {
    requireShapeOf(other);
    for (int s = 0; s < counts.length; s++) {
      add(s, other);
    }
    inputEvents += other.inputEvents;
    outputEvents += other.outputEvents;
    requests = united(requests, other.requests);
    answers = united(answers, other.answers);
    // Event numbers of this object restart above those of the other, so no mark can match by
    // chance.
    Arrays.fill(lastCounted, 0);
  }

  /**
   * Adds the counts of some signals of another part of the pane, of the same baseline; the numbers
   * of events stay as they are.
   *
   * @param which signals, as many as there are
   */
  public void mergeSignals(PaneCounts other, boolean[] which) {
    requireShapeOf(other);
    for (int s = 0; s < counts.length; s++) {
      if (which[s]) {
        add(s, other);
      }
    }
  }

  private void add(int signal, PaneCounts other) {
    int[] own = counts[signal];
    for (int k = 0; k < own.length; k++) {
      own[k] = Math.addExact(own[k], other.counts[signal][k]);
    }
  }

  private void requireShapeOf(PaneCounts other) {
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
  }

  private static @Nullable Representatives united(
      @Nullable Representatives own, @Nullable Representatives other) {
    if (own == null || other == null) {
      return own == null ? other : own;
    }
    own.adopt(other);
    return own;
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

  /** Writes counts that take no further events: only the bins that hold something. */
  public void writeTo(StateWriter writer) {
    write(writer, null, null);
  }

  /** Writes counts that go on taking events after {@link #readFrom}, merged into empty ones. */
  public void writeOpenTo(StateWriter writer) {
    write(writer, requests, answers);
  }

  private void write(
      StateWriter writer,
      @Nullable Representatives ofRequests,
      @Nullable Representatives ofAnswers) {
    writer.writeByte(VERSION);
    writer.writeBoolean(ofRequests != null && ofAnswers != null);
    if (ofRequests != null && ofAnswers != null) {
      ofRequests.writeTo(writer);
      ofAnswers.writeTo(writer);
    }
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
    boolean isOpen = reader.readBoolean();
    Representatives requests = isOpen ? Representatives.readFrom(reader) : null;
    Representatives answers = isOpen ? Representatives.readFrom(reader) : null;
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
    read.requests = requests;
    read.answers = answers;
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
    if (remembered < known.features() && known.isNamed(remembered, name)) {
      return remembered;
    }
    int signal = known.feature(name);
    if (signal != SignalLayout.ABSENT) {
      signalAtPosition[position] = signal;
    }
    return signal;
  }

  private void count(SignalLayout known, int signal, double number, @Nullable String word) {
    tally(signal, known.bins(signal).bin(number, word));
  }

  private void countMissing(SignalLayout known) {
    for (int s = 0; s < known.features(); s++) {
      if (lastCounted[s] != inputEvents) {
        tally(s, known.bins(s).missingBin());
      }
    }
  }
}
