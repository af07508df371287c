package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What is usual for one version of a model: bins, their probabilities by hour of day and how much
 * honest panes vary, for every signal. Immutable and thread-safe.
 */
public final class ModelBaseline {
  static final long DAY_MILLIS = 86_400_000;
  private static final int VERSION = 5;

  /** Events of a pane from which a shorter one would say too little. */
  private static final int ENOUGH_EVENTS = 500;

  private final long paneMillis;
  private final long firstPaneStartMillis;
  private final int sampledEvents;
  private final int features;
  private final double eventsPerPane;
  private final boolean oncePerPrincipal;
  private final LearnedTables tables;
  private final List<SignalBaseline> signals;
  private final SignalLayout layout;
  private final boolean hasAlikePanes;

  /**
   * @param eventsPerPane true mean number of events of a learned pane, above 0
   * @param oncePerPrincipal whether one event stands for all that its principal asked in a pane
   * @param features how many of the signals, at the beginning, are features
   * @param signals at least one; what belongs to the request comes before what belongs to the
   *     answer
   */
  ModelBaseline(
      long paneMillis,
      long firstPaneStartMillis,
      int sampledEvents,
      double eventsPerPane,
      boolean oncePerPrincipal,
      int features,
      LearnedTables tables,
      List<SignalBaseline> signals) {
    if (features < 0 || features > signals.size()) {
      throw new IllegalArgumentException(
          "features must be in [0, " + signals.size() + "], was " + features);
    }
    this.paneMillis = paneMillis;
    this.firstPaneStartMillis = firstPaneStartMillis;
    this.sampledEvents = sampledEvents;
    this.eventsPerPane = eventsPerPane;
    this.oncePerPrincipal = oncePerPrincipal;
    this.features = features;
    this.tables = tables;
    this.signals = List.copyOf(signals);
    this.layout = new SignalLayout(this.signals, features, tables);
    this.hasAlikePanes = this.signals.stream().allMatch(SignalBaseline::isOfAlikePanes);
  }

  /** Length of a pane in milliseconds. */
  public long paneMillis() {
    return paneMillis;
  }

  /**
   * How long the panes are that are judged: as short as the learned traffic fills with five hundred
   * events, so that a model with much traffic is not judged once an hour, and at most as long as
   * those that were learned. Where learned panes differ by more than their events explain, or
   * principals count once a pane, panes are not shortened: what varies by the hour is not noise
   * that every part of it draws anew.
   *
   * @param tickMillis the shortest that is possible, milliseconds; divides a pane
   * @return a multiple of the tick that divides a pane, milliseconds
   */
  public long judgedPaneMillis(long tickMillis) {
    if (tickMillis <= 0 || paneMillis % tickMillis != 0) {
      throw new IllegalArgumentException(
          "tickMillis must divide " + paneMillis + ", was " + tickMillis);
    }
    long shortest = hasAlikePanes && !oncePerPrincipal ? tickMillis : paneMillis;
    for (long length = shortest; length < paneMillis; length += tickMillis) {
      boolean isDivisor = paneMillis % length == 0;
      if (isDivisor && eventsPerPane * length / paneMillis >= ENOUGH_EVENTS) {
        return length;
      }
    }
    return paneMillis;
  }

  /** Start of the first pane of the learning period, from which days are counted. */
  public long firstPaneStartMillis() {
    return firstPaneStartMillis;
  }

  /** Number of events that the baseline was learned from. */
  public int sampledEvents() {
    return sampledEvents;
  }

  /**
   * Whether one event stands for all that its principal asked in a pane, because principals repeat
   * themselves.
   */
  public boolean isOncePerPrincipal() {
    return oncePerPrincipal;
  }

  /** Names of the signals, first those of the request. */
  public List<String> signalNames() {
    return signals.stream().map(SignalBaseline::name).toList();
  }

  /** What is usual for each signal, in the order of {@link #signalNames()}. */
  public List<SignalProfile> profile() {
    return signals.stream().map(SignalProfile::of).toList();
  }

  /** Mean number of events in a pane of the learning. */
  public double eventsPerPane() {
    return eventsPerPane;
  }

  /** Empty counts of one pane. */
  public PaneCounts newPaneCounts() {
    return new PaneCounts(layout, oncePerPrincipal);
  }

  /** Index of the first signal that belongs to the answer; those before it are of the request. */
  int firstAnswerSignal() {
    return layout.requestSignals();
  }

  List<SignalBaseline> signals() {
    return signals;
  }

  /** Writes the baseline; {@link #readFrom} gives an equal one. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeLong(paneMillis).writeLong(firstPaneStartMillis);
    writer
        .writeInt(sampledEvents)
        .writeDouble(eventsPerPane)
        .writeBoolean(oncePerPrincipal)
        .writeShort(features);
    tables.writeTo(writer);
    writer.writeShort(signals.size());
    for (SignalBaseline signal : signals) {
      signal.writeTo(writer);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are not a baseline of this version
   */
  public static ModelBaseline readFrom(StateReader reader) {
    int version = reader.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    long paneMillis = reader.readLong();
    long firstPaneStartMillis = reader.readLong();
    int sampledEvents = reader.readInt();
    double eventsPerPane = reader.readDouble();
    boolean oncePerPrincipal = reader.readBoolean();
    int features = reader.readShort();
    LearnedTables tables = LearnedTables.readFrom(reader);
    int count = reader.readShort();
    List<SignalBaseline> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.add(SignalBaseline.readFrom(reader));
    }
    return new ModelBaseline(
        paneMillis,
        firstPaneStartMillis,
        sampledEvents,
        eventsPerPane,
        oncePerPrincipal,
        features,
        tables,
        signals);
  }
}
