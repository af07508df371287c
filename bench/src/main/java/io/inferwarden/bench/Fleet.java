package io.inferwarden.bench;

import io.inferwarden.detectors.model.LearningOutcome;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A thousand watched models of {@link FleetEvent}s: as many states under a few baselines, each
 * learned from five days of its own, with hourly panes of 60 events.
 */
final class Fleet {
  static final int MODELS = 1000;

  private static final int BASELINES = 8;
  private static final int DAY_HOURS = 24;
  private static final int LEARNED_PANES = 5 * DAY_HOURS;
  private static final int PANE_EVENTS = 60;
  private static final double TOLERANCE_PSI = .002;

  /** A false alarm a week for all of them. */
  private static final double SPEND = 1.0 / (168 * MODELS);

  private final ModelDetector[] detectors = new ModelDetector[BASELINES];

  /** Counts by baseline and hour of the day. */
  private final PaneCounts[][] panes = new PaneCounts[BASELINES][DAY_HOURS];

  private final List<ModelState> states = new ArrayList<>();
  private final ModelBaseline firstBaseline;
  private int pane = LEARNED_PANES;

  Fleet(long seed) {
    List<ModelBaseline> baselines = new ArrayList<>();
    for (int b = 0; b < BASELINES; b++) {
      SplittableRandom random = new SplittableRandom(seed + b);
      ModelBaseline baseline = learn(random);
      baselines.add(baseline);
      detectors[b] = new ModelDetector(baseline);
      for (int hour = 0; hour < DAY_HOURS; hour++) {
        panes[b][hour] = baseline.newPaneCounts();
        events(random, LEARNED_PANES + hour).forEach(panes[b][hour]::add);
      }
    }
    firstBaseline = baselines.get(0);
    for (int m = 0; m < MODELS; m++) {
      states.add(detectors[m % BASELINES].newState());
    }
  }

  private static ModelBaseline learn(SplittableRandom random) {
    List<Observation> sample = new ArrayList<>();
    for (int w = 0; w < LEARNED_PANES; w++) {
      sample.addAll(events(random, w));
    }
    LearningOutcome outcome =
        ModelBaselineLearner.learn(
            sample, new TreeMap<>(), SampleEvents.PANE_MILLIS, TOLERANCE_PSI);
    if (outcome instanceof LearningOutcome.Learned learned) {
      return learned.baseline();
    }
    throw new IllegalStateException("the sample must be enough to learn from, was " + outcome);
  }

  private static List<Observation> events(SplittableRandom random, int pane) {
    long start = SampleEvents.START_MILLIS + pane * SampleEvents.PANE_MILLIS;
    List<Observation> events = new ArrayList<>();
    for (int i = 0; i < PANE_EVENTS; i++) {
      events.add(new FleetEvent(start + i * SampleEvents.PANE_MILLIS / PANE_EVENTS, random));
    }
    return events;
  }

  /** One of the baselines. */
  ModelBaseline baseline() {
    return firstBaseline;
  }

  List<ModelState> states() {
    return states;
  }

  /** Judges the next pane of every model; the highest level. */
  double closePane() {
    double highest = 0;
    long start = SampleEvents.START_MILLIS + pane * SampleEvents.PANE_MILLIS;
    for (int m = 0; m < MODELS; m++) {
      int b = m % BASELINES;
      PaneCounts counts = panes[b][pane % DAY_HOURS];
      double level = detectors[b].step(states.get(m), start, counts, SPEND);
      if (level >= 1) {
        detectors[b].restart(states.get(m));
      }
      highest = Math.max(highest, level);
    }
    pane++;
    return highest;
  }
}
