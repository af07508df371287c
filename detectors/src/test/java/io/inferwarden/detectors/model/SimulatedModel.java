package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Events of a model of a test: a number, a word, an input that is null now and then, an output. */
final class SimulatedModel {
  static final long HOUR = 3_600_000;
  static final long START = 492_336 * HOUR;

  private final Random random;

  SimulatedModel(long seed) {
    this.random = new Random(seed);
  }

  /** Events of hourly panes from pane {@code from} on, the number shifted by so many deviations. */
  List<RecordedObservation> events(int from, int panes, int perPane, double shift) {
    List<RecordedObservation> events = new ArrayList<>();
    for (int w = from; w < from + panes; w++) {
      int count = perPane / 2 + random.nextInt(perPane + 1);
      for (int i = 0; i < count; i++) {
        events.add(event(START + w * HOUR + i * HOUR / (count + 1), shift));
      }
    }
    return events;
  }

  private RecordedObservation event(long timeMillis, double shift) {
    Map<String, Object> features = new LinkedHashMap<>();
    double number = random.nextGaussian() + shift;
    features.put("amount", number);
    features.put("country", "c" + (int) Math.floor(4 * random.nextDouble() * random.nextDouble()));
    features.put("note", random.nextInt(50) == 0 ? null : (Object) (double) random.nextInt(3));
    double score = 1 / (1 + Math.exp(-number - random.nextGaussian()));
    return RecordedObservation.of(
        timeMillis, features, score > .5 ? "yes" : "no", score, 1 - score);
  }

  /** The baseline of 60 learned panes. */
  ModelBaseline baseline() {
    return learn(events(0, 60, 25, 0));
  }

  static ModelBaseline learn(List<RecordedObservation> sample) {
    LearningOutcome outcome = ModelBaselineLearner.learn(sample, new TreeMap<>(), HOUR, .002);
    return ((LearningOutcome.Learned) outcome).baseline();
  }

  /** Counts of one pane. */
  PaneCounts pane(ModelBaseline baseline, int pane, double shift) {
    PaneCounts counts = baseline.newPaneCounts();
    events(pane, 1, 25, shift).forEach(counts::add);
    return counts;
  }
}
