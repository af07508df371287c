package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The verdict is a function of the events of a pane: however they are split over partitions,
 * ordered, merged and stored on the way.
 */
class SplitPanesLaws {
  private static final long HOUR = SimulatedModel.HOUR;
  private static final int LEARNED = 60;
  private static final int WATCHED = 30;

  /** One question, asked by somebody. */
  private record Asked(long timeMillis, double value, long principalHash) implements Observation {
    @Override
    public int featureCount() {
      return 1;
    }

    @Override
    public String featureName(int index) {
      return "x";
    }

    @Override
    public double featureNumber(int index) {
      return value;
    }

    @Override
    public String featureWord(int index) {
      return null;
    }

    @Override
    public String label() {
      return null;
    }

    @Override
    public int scoreCount() {
      return 0;
    }

    @Override
    public double score(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public double regressionValue() {
      return Double.NaN;
    }

    @Override
    public long inputFingerprint() {
      return Double.doubleToLongBits(value);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void splitReorderedMergedAndStoredPanesLeadToTheSameEvidence(int repeats) {
    Random random = new Random(repeats);
    ModelBaseline baseline = learn(panes(random, 0, LEARNED, repeats, 0));
    ModelDetector detector = new ModelDetector(baseline);
    ModelState whole = detector.newState();
    ModelState split = detector.newState();

    for (int w = LEARNED; w < LEARNED + WATCHED; w++) {
      List<Asked> events = panes(random, w, 1, repeats, w < 80 ? 0 : .6);
      long start = SimulatedModel.START + w * HOUR;
      PaneCounts counts = baseline.newPaneCounts();
      events.forEach(counts::add);

      double expected = detector.step(whole, start, counts, .001);
      double level = detector.step(split, start, merged(random, baseline, events), .001);
      split = restored(detector, split);

      assertThat(level).isEqualTo(expected);
    }
    assertThat(detector.explain(split)).isEqualTo(detector.explain(whole));
    assertThat(baseline.isOncePerPrincipal()).isEqualTo(repeats > 1);
  }

  @Test
  void aPrincipalThatRepeatsItselfCountsOnce() {
    Random random = new Random(9);
    ModelBaseline baseline = learn(panes(random, 0, LEARNED, 4, 0));
    PaneCounts counts = baseline.newPaneCounts();
    for (int i = 0; i < 100; i++) {
      counts.add(new Asked(SimulatedModel.START + i, 0, 7));
    }
    counts.add(new Asked(SimulatedModel.START, 0, 8));

    assertThat(Vectors.sum(counts.counts(0))).isEqualTo(2);
    assertThat(counts.inputEvents()).isEqualTo(101);
  }

  private static ModelBaseline learn(List<Asked> sample) {
    LearningOutcome outcome = ModelBaselineLearner.learn(sample, new TreeMap<>(), HOUR, .002);
    return ((LearningOutcome.Learned) outcome).baseline();
  }

  /** Hourly panes; every question is asked so many times by its principal. */
  private static List<Asked> panes(Random random, int from, int panes, int repeats, double shift) {
    List<Asked> events = new ArrayList<>();
    for (int w = from; w < from + panes; w++) {
      long start = SimulatedModel.START + w * HOUR;
      for (int i = 0; i < 24; i++) {
        double value = random.nextGaussian() + shift;
        long principal = random.nextLong() | 1;
        for (int r = 0; r < repeats; r++) {
          events.add(new Asked(start + (i * 60 + r) * 1000L, value, principal));
        }
      }
    }
    return events;
  }

  /** Counts of partitions of principals, each in an order of its own, one stored on the way. */
  private static PaneCounts merged(Random random, ModelBaseline baseline, List<Asked> events) {
    List<Asked> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    int parts = 1 + random.nextInt(5);
    PaneCounts merged = baseline.newPaneCounts();
    for (int part = parts - 1; part >= 0; part--) {
      PaneCounts own = baseline.newPaneCounts();
      int counted = 0;
      for (Asked event : shuffled) {
        if (Math.floorMod(event.principalHash() >>> 3, parts) == part) {
          own.add(event);
          own = ++counted % 10 == 0 ? reopened(baseline, own) : own;
        }
      }
      merged.merge(closed(own));
    }
    return closed(merged);
  }

  private static PaneCounts reopened(ModelBaseline baseline, PaneCounts counts) {
    StateWriter writer = new StateWriter();
    counts.writeOpenTo(writer);
    PaneCounts opened = baseline.newPaneCounts();
    opened.merge(PaneCounts.readFrom(new StateReader(writer.toBytes())));
    return opened;
  }

  private static PaneCounts closed(PaneCounts counts) {
    StateWriter writer = new StateWriter();
    counts.writeTo(writer);
    return PaneCounts.readFrom(new StateReader(writer.toBytes()));
  }

  private static ModelState restored(ModelDetector detector, ModelState state) {
    StateWriter writer = new StateWriter();
    state.writeTo(writer);
    return detector.readState(new StateReader(writer.toBytes()));
  }
}
