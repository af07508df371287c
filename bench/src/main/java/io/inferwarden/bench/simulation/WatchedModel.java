package io.inferwarden.bench.simulation;

import io.inferwarden.detectors.model.BlindnessCard;
import io.inferwarden.detectors.model.LearningOutcome;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A simulated model under the real detector: the only class here that calls it. Learns, counts and
 * judges as the application does: after an alarm the evidence restarts, and for a day nothing
 * settles.
 */
final class WatchedModel {
  private static final double TOLERANCE_PSI = .002;
  private static final long QUIET_MILLIS = 86_400_000;

  /** As many events of a pane as the application learns from. */
  private static final int MOST_LEARNED_OF_PANE = 256;

  /** The shortest pane that the application judges. */
  private static final long TICK_MILLIS = 300_000;

  private static final int PARTS = 3;
  private static final int LATE_ONE_IN = 10;

  private final ModelBaseline baseline;
  private final ModelDetector detector;
  private final long paneMillis;

  private WatchedModel(ModelBaseline baseline, long paneMillis) {
    this.baseline = baseline;
    this.detector = new ModelDetector(baseline);
    this.paneMillis = paneMillis;
  }

  static WatchedModel learn(List<Pane> panes, long paneMillis) {
    List<Observation> sample = new ArrayList<>();
    SortedMap<Long, Long> totals = new TreeMap<>();
    for (Pane pane : panes) {
      for (int i = 0; i < Math.min(pane.size(), MOST_LEARNED_OF_PANE); i++) {
        sample.add(new PaneEvent(pane, i));
      }
      totals.put(pane.startMillis(), (long) pane.size());
    }
    LearningOutcome outcome = ModelBaselineLearner.learn(sample, totals, paneMillis, TOLERANCE_PSI);
    if (outcome instanceof LearningOutcome.Learned learned) {
      return new WatchedModel(learned.baseline(), paneMillis);
    }
    throw new IllegalStateException("the sample must be enough to learn from, was " + outcome);
  }

  /** What the detector says that it can see of panes of so many events. */
  BlindnessCard card(double eventsPerPane, double spend) {
    return BlindnessCard.of(baseline, eventsPerPane, spend);
  }

  /** What is judged at once: a pane, or a part of it where the learned traffic fills that. */
  record Judged(int from, int to, long startMillis, long lengthMillis) {}

  /** The parts of a pane that are judged, as the application cuts it. */
  List<Judged> judged(Pane pane) {
    long length = baseline.judgedPaneMillis(Math.min(TICK_MILLIS, paneMillis));
    int parts = (int) (paneMillis / length);
    List<Judged> judged = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) pane.size() * part / parts);
      int to = (int) ((long) pane.size() * (part + 1) / parts);
      judged.add(new Judged(from, to, pane.startMillis() + part * length, length));
    }
    return judged;
  }

  /** Counts events of a pane in the order in which they came. */
  PaneCounts counts(Pane pane, Judged judged) {
    PaneCounts counts = baseline.newPaneCounts();
    if (pane.size() > 0) {
      PaneEvent event = new PaneEvent(pane, 0);
      for (int i = judged.from(); i < judged.to(); i++) {
        counts.add(event.at(i));
      }
    }
    return counts;
  }

  /**
   * Counts a pane as three partitions would, each principal in one of them and every tenth event
   * last of all, and merges them from the last to the first.
   */
  PaneCounts countsOfParts(Pane pane, Judged judged) {
    PaneCounts merged = baseline.newPaneCounts();
    if (pane.size() == 0) {
      return merged;
    }
    PaneEvent event = new PaneEvent(pane, 0);
    for (int part = PARTS - 1; part >= 0; part--) {
      PaneCounts own = baseline.newPaneCounts();
      addPart(own, event, pane, judged, part, false);
      addPart(own, event, pane, judged, part, true);
      merged.merge(own);
    }
    return merged;
  }

  private static void addPart(
      PaneCounts own, PaneEvent event, Pane pane, Judged judged, int part, boolean isLate) {
    for (int i = judged.from(); i < judged.to(); i++) {
      boolean isOwn = Math.floorMod(pane.principalHash(i) >>> 1, PARTS) == part;
      if (isOwn && (i % LATE_ONE_IN == 0) == isLate) {
        own.add(event.at(i));
      }
    }
  }

  /** Begins to watch, with {@code spend} expected false alarms a pane. */
  Watch watch(double spend) {
    return new Watch(spend);
  }

  /** Evidence under one budget. */
  final class Watch {
    private final ModelState state = detector.newState();
    private final double spend;
    private long incidentUntilMillis = Long.MIN_VALUE;
    private int alarms;
    private boolean wasSuspended;
    private double level;

    private Watch(double spend) {
      this.spend = spend;
    }

    /** Judges the next pane; true when it alarms. */
    boolean judge(Judged judged, PaneCounts counts) {
      long paneStartMillis = judged.startMillis();
      if (counts.inputEvents() == 0) {
        return false;
      }
      boolean settling = paneStartMillis >= incidentUntilMillis;
      double granted = spend * judged.lengthMillis() / paneMillis;
      level =
          detector.step(state, paneStartMillis, judged.lengthMillis(), counts, granted, settling);
      wasSuspended |= state.isPromiseSuspended();
      if (!(level >= 1)) {
        return false;
      }
      alarms += settling ? 1 : 0;
      detector.restart(state);
      incidentUntilMillis = paneStartMillis + judged.lengthMillis() + QUIET_MILLIS;
      return true;
    }

    int alarms() {
      return alarms;
    }

    /** The level after the last pane, before a restart. */
    double level() {
      return level;
    }

    double meanLikelihoodRatio() {
      return state.meanLikelihoodRatio();
    }

    /** Whether the self-audit said at any time that the null is visibly wrong. */
    boolean wasPromiseSuspended() {
      return wasSuspended;
    }
  }
}
