package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Learns what is usual for a model from the sample of its learning period.
 *
 * <p>Watched are every input feature (at most 256, those that most events carry), and the label,
 * the confidence (largest score) and the regression value where any event has one. Deterministic;
 * the arguments are not modified. Departs from nothing in {@code reference/model_evidence.py},
 * except that at most 4096 values of a category are kept as seen.
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
    return new ModelBaselineLearner(sample, paneMillis, first, tolerance).learn();
  }

  private LearningOutcome learn() {
    List<SignalBaseline> signals = new ArrayList<>();
    for (String feature : features()) {
      signals.add(learn(feature, SignalGroup.INPUT, SignalSource.feature(feature)));
    }
    if (sample.stream().anyMatch(each -> each.label() != null)) {
      signals.add(learn(SignalLayout.LABEL, SignalGroup.OUTPUT, SignalSource.label()));
    }
    if (sample.stream().anyMatch(each -> each.scoreCount() > 0)) {
      signals.add(
          learn(
              SignalLayout.CONFIDENCE,
              SignalGroup.OUTPUT,
              SignalSource.output(PaneCounts::confidence)));
    }
    if (sample.stream().anyMatch(each -> !Double.isNaN(each.regressionValue()))) {
      signals.add(
          learn(
              SignalLayout.VALUE,
              SignalGroup.OUTPUT,
              SignalSource.output(Observation::regressionValue)));
    }
    if (signals.isEmpty()) {
      return new LearningOutcome.TooLittle(
          sample.size(), 0, "a baseline needs features, labels, scores or values, there were none");
    }
    return new LearningOutcome.Learned(
        new ModelBaseline(paneMillis, firstPaneStart, sample.size(), signals));
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

  private SignalBaseline learn(String name, SignalGroup group, SignalSource source) {
    SignalBins bins = bins(source);
    return SignalLearner.learn(name, group, bins, panes(source, bins), tolerance);
  }

  /** Words where any value is a word, or where there is no value at all. */
  private SignalBins bins(SignalSource source) {
    double[] numbers =
        sample.stream().mapToDouble(source::number).filter(each -> !Double.isNaN(each)).toArray();
    boolean hasWords = sample.stream().anyMatch(each -> source.word(each) != null);
    if (!hasWords && numbers.length > 0) {
      return NumberBins.of(numbers);
    }
    WordBins.Learner learner = new WordBins.Learner();
    for (Observation each : sample) {
      learner.add(source.number(each), source.word(each));
    }
    return learner.bins();
  }

  private LearningPanes panes(SignalSource source, SignalBins bins) {
    LearningPanes panes = LearningPanes.empty();
    int[] counts = new int[bins.size()];
    long start = paneStart(sample.get(0));
    for (Observation each : sample) {
      long own = paneStart(each);
      if (own != start) {
        addPane(panes, counts, start);
        counts = new int[bins.size()];
        start = own;
      }
      counts[bins.bin(source.number(each), source.word(each))]++;
    }
    addPane(panes, counts, start);
    return panes;
  }

  private long paneStart(Observation observation) {
    return Math.floorDiv(observation.timeMillis(), paneMillis) * paneMillis;
  }

  private void addPane(LearningPanes panes, int[] counts, long start) {
    long day = Math.floorDiv(start - firstPaneStart, ModelBaseline.DAY_MILLIS);
    panes.add(counts, Season.epochHour(start), day);
  }
}
