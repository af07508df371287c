package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns what is usual for a model from the sample of its learning period.
 *
 * <p>Watched are every input feature (at most 256, those that most events carry), and of the other
 * signals those that any event of the sample has. Deterministic; the arguments are not modified.
 * Signals are learned side by side in the common pool, each by itself: the number of cores changes
 * nothing. Where principals repeat themselves within a pane, one event of each is learned from and
 * counted ({@link RepeatedPrincipals}).
 */
public final class ModelBaselineLearner {
  /** Fewest events of a sample from which a baseline is learned. */
  public static final int LEAST_EVENTS = 200;

  /** Fewest panes with events from which a baseline is learned. */
  public static final int LEAST_PANES = 4;

  private static final int MOST_FEATURES = 256;

  private final List<? extends Observation> sample;
  private final long paneMillis;
  private final long firstPaneStart;
  private final double tolerance;

  private ModelBaselineLearner(
      List<? extends Observation> sample, long paneMillis, long firstPaneStart, double tolerance) {
    this.sample = sample;
    this.paneMillis = paneMillis;
    this.firstPaneStart = firstPaneStart;
    this.tolerance = tolerance;
  }

  /**
   * Learns a baseline.
   *
   * @param sample events of the learning period in the order of time; where a pane held more, the
   *     sample stands for it
   * @param eventsPerPane true number of events by start of the pane in milliseconds; its first key
   *     starts the learning period
   * @param paneMillis length of a pane in milliseconds, above 0; panes start at multiples of it
   * @param tolerance population stability index within which a shift is of no interest, above 0;
   *     0.002 is usual
   * @return the baseline, or what was missing for one
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static LearningOutcome learn(
      List<? extends Observation> sample,
      SortedMap<Long, Long> eventsPerPane,
      long paneMillis,
      double tolerance) {
    if (paneMillis <= 0) {
      throw new IllegalArgumentException("paneMillis must be > 0, was " + paneMillis);
    }
    if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tolerance must be > 0 and finite, was " + tolerance);
    }
    Set<Long> panes = new HashSet<>();
    for (Observation each : sample) {
      panes.add(Math.floorDiv(each.timeMillis(), paneMillis));
    }
    if (sample.size() < LEAST_EVENTS || panes.size() < LEAST_PANES) {
      String reason =
          "a baseline needs %d events in %d panes, there were %d in %d"
              .formatted(LEAST_EVENTS, LEAST_PANES, sample.size(), panes.size());
      return new LearningOutcome.TooLittle(sample.size(), panes.size(), reason);
    }
    long first = Math.floorDiv(sample.get(0).timeMillis(), paneMillis) * paneMillis;
    if (!eventsPerPane.isEmpty()) {
      first = Math.min(first, eventsPerPane.firstKey());
    }
    List<? extends Observation> once = RepeatedPrincipals.without(sample, paneMillis);
    boolean repeated =
        once.size() >= LEAST_EVENTS && RepeatedPrincipals.matter(sample, once, paneMillis, first);
    double events =
        eventsPerPane.isEmpty()
            ? (double) sample.size() / panes.size()
            : eventsPerPane.values().stream().mapToLong(Long::longValue).average().orElse(0);
    return new ModelBaselineLearner(repeated ? once : sample, paneMillis, first, tolerance)
        .learn(events, repeated);
  }

  private LearningOutcome learn(double eventsPerPane, boolean oncePerPrincipal) {
    List<SignalSample> signals = new ArrayList<>();
    Map<String, SignalBins> features = new LinkedHashMap<>();
    for (String feature : features()) {
      SampledValues values = SampledValues.of(sample, SignalSource.feature(feature));
      SignalSample sampled = sampled(feature, SignalGroup.INPUT, values);
      signals.add(sampled);
      features.put(feature, sampled.bins());
    }
    LearnedTables tables = TableLearner.learn(sample, firstOfSecondHalf());
    addPlain(signals, true);
    addFromTable(signals, tables, LearnedTables.INPUT_WORDS, SignalGroup.INPUT);
    addEmbedding(signals, tables.embedding());
    addSchema(signals, features, tables.embedding());
    addPlain(signals, false);
    addFromTable(signals, tables, LearnedTables.OUTPUT_WORDS, SignalGroup.OUTPUT);
    if (signals.isEmpty()) {
      return new LearningOutcome.TooLittle(
          sample.size(), 0, "a baseline needs features, labels, scores or values, there were none");
    }
    return new LearningOutcome.Learned(
        new ModelBaseline(
            paneMillis,
            firstPaneStart,
            sample.size(),
            eventsPerPane,
            oncePerPrincipal,
            features.size(),
            tables,
            signals.parallelStream().map(signal -> signal.learn(tolerance)).toList()));
  }

  private void addPlain(List<SignalSample> signals, boolean ofRequest) {
    for (PlainSignal signal : PlainSignal.ALL) {
      if ((signal.scope() == SignalScope.REQUEST) == ofRequest && !isToldByTokens(signal)) {
        SampledValues values = SampledValues.of(events(signal.scope()), signal.source());
        if (values.given() > 0) {
          signals.add(sampled(signal.name(), signal.group(), values));
        }
      }
    }
  }

  /** The length of a text says nothing beside its tokens. */
  private boolean isToldByTokens(PlainSignal signal) {
    return (signal.equals(PlainSignal.INPUT_LENGTH)
            && sample.stream().anyMatch(each -> each.inputTokens() >= 0))
        || (signal.equals(PlainSignal.OUTPUT_LENGTH)
            && sample.stream().anyMatch(each -> each.outputTokens() >= 0));
  }

  /** Tables are filled in the first half of the learning, so their bins come of the second. */
  private void addFromTable(
      List<SignalSample> signals, LearnedTables tables, String name, SignalGroup group) {
    SignalSource source = tables.source(name);
    if (source != null) {
      SampledValues values =
          SampledValues.of(secondHalf(events(LearnedTables.scope(name))), source);
      signals.add(sampled(name, group, values));
    }
  }

  private void addEmbedding(List<SignalSample> signals, @Nullable EmbeddingSpace space) {
    if (space == null) {
      return;
    }
    float[] scratch = new float[space.dimension()];
    double[] measures = new double[EmbeddingSpace.MEASURES];
    for (int m = 0; m < EmbeddingSpace.MEASURES; m++) {
      int measure = m;
      SignalSource source =
          SignalSource.ofNumber(
              each -> {
                space.measure(each, scratch, measures);
                return measures[measure];
              });
      List<? extends Observation> events =
          measure == EmbeddingSpace.DISTANCE ? secondHalf(sample) : sample;
      String name = EmbeddingSpace.signalName(measure);
      signals.add(sampled(name, SignalGroup.INPUT, SampledValues.of(events, source)));
    }
  }

  private void addSchema(
      List<SignalSample> signals,
      Map<String, SignalBins> features,
      @Nullable EmbeddingSpace embedding) {
    int dimension = embedding == null ? 0 : embedding.dimension();
    for (SchemaSignal signal : SchemaSignal.values()) {
      boolean isWatched =
          !features.isEmpty() || (signal == SchemaSignal.WRONG_TYPE && dimension > 0);
      if (isWatched) {
        SignalSource source =
            SignalSource.ofNumber(each -> signal.count(each, features, dimension));
        SampledValues values = SampledValues.of(sample, source);
        signals.add(sampled(signal.signalName(), SignalGroup.OPERATION, values));
      }
    }
  }

  /** The events that can have a signal. */
  private List<? extends Observation> events(SignalScope scope) {
    return scope == SignalScope.ANSWER
        ? sample.stream().filter(each -> !PlainSignal.isFailure(each)).toList()
        : sample;
  }

  /** Start of the pane with which the second half of the learning period begins. */
  private long firstOfSecondHalf() {
    long last = sample.get(sample.size() - 1).timeMillis();
    long panes = Math.floorDiv(last - firstPaneStart, paneMillis) + 1;
    return firstPaneStart + (panes / 2) * paneMillis;
  }

  private List<? extends Observation> secondHalf(List<? extends Observation> events) {
    long first = firstOfSecondHalf();
    return events.stream().filter(each -> each.timeMillis() >= first).toList();
  }

  /** Names of the features that most events carry, sorted. */
  private List<String> features() {
    Map<String, Integer> carried = new HashMap<>();
    for (Observation each : sample) {
      for (int i = 0; i < each.featureCount(); i++) {
        carried.merge(each.featureName(i), 1, Integer::sum);
      }
    }
    return carried.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_FEATURES)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private SignalSample sampled(String name, SignalGroup group, SampledValues values) {
    SignalBins bins = values.bins();
    return new SignalSample(name, group, bins, values.panes(bins, paneMillis, firstPaneStart));
  }

  /** What was seen of a signal. Signals are learned from that independently, several at once. */
  private record SignalSample(
      String name, SignalGroup group, SignalBins bins, LearningPanes panes) {
    SignalBaseline learn(double tolerance) {
      return SignalLearner.learn(name, group, bins, panes, tolerance);
    }
  }
}
