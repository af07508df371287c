package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlowDriftTest {
  private static final long HOUR = SimulatedModel.HOUR;
  private static final int LEARNED = 60;
  private static final int MONTH = 30 * 24;
  private static final double TOLERANCE = .002;

  /** A month of hourly panes; false alarms restart the evidence as in the platform. */
  private static final class Month {
    private final ModelDetector detector;
    private final ModelState state;
    private int certainDays;
    private int alarms;

    private Month(long seed, double driftPerHour, double season) {
      Random random = new Random(seed);
      List<RecordedObservation> sample = new ArrayList<>();
      for (int w = 0; w < LEARNED; w++) {
        sample.addAll(pane(random, w, 0, season));
      }
      LearningOutcome outcome =
          ModelBaselineLearner.learn(sample, new TreeMap<>(), HOUR, TOLERANCE);
      ModelBaseline baseline = ((LearningOutcome.Learned) outcome).baseline();
      detector = new ModelDetector(baseline);
      state = detector.newState();
      for (int w = LEARNED; w < LEARNED + MONTH; w++) {
        PaneCounts counts = baseline.newPaneCounts();
        pane(random, w, (w - LEARNED) * driftPerHour, season).forEach(counts::add);
        double spend = 1.0 / MONTH / 100;
        if (detector.step(state, SimulatedModel.START + w * HOUR, counts, spend) >= 1) {
          alarms++;
          detector.restart(state);
        }
        boolean isNewDay = w % 24 == 0;
        certainDays += isNewDay && drift() != null && drift().isCertain() ? 1 : 0;
      }
    }

    private static List<RecordedObservation> pane(
        Random random, int w, double shift, double season) {
      List<RecordedObservation> events = new ArrayList<>();
      long start = SimulatedModel.START + w * HOUR;
      double mean = shift + season * Math.cos(2 * Math.PI * (w % 24) / 24);
      for (int i = 0; i < 25; i++) {
        double value = mean + random.nextGaussian();
        events.add(RecordedObservation.ofFeatures(start + i, Map.of("amount", value)));
      }
      return events;
    }

    private SlowDrift drift() {
      return detector.slowDrifts(state, TOLERANCE).stream()
          .filter(each -> each.signal().equals("amount"))
          .findFirst()
          .orElse(null);
    }
  }

  @Test
  void aDriftOverWeeksIsToldThoughTheNullFollowsIt() {
    Month month = new Month(1, .0005, 0);

    assertThat(month.alarms).isZero();
    assertThat(month.drift().isCertain()).isTrue();
    assertThat(month.drift().excess()).isGreaterThan(TOLERANCE);
    // Settled panes reach back 500 hours, so of the .36 deviations about half have settled.
    assertThat(month.drift().change().shift()).isBetween(.1, .35);
    assertThat(month.drift().change().usualMedian()).isCloseTo(0, within(.15));
  }

  @Test
  void streamsThatStayAsTheyAreAreNotSaidToDrift() {
    int certainDays = 0;
    for (int seed = 10; seed < 20; seed++) {
      certainDays += new Month(seed, 0, 0).certainDays;
      certainDays += new Month(seed, 0, .6).certainDays;
    }

    assertThat(certainDays).isLessThanOrEqualTo(20); // of 600 looks
  }

  @Test
  void saysNothingBeforeEnoughHasSettled() {
    SimulatedModel model = new SimulatedModel(1);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    detector.step(state, SimulatedModel.START + 60 * HOUR, model.pane(baseline, 60, 3), .001);

    assertThat(detector.slowDrifts(state, TOLERANCE)).isEmpty();
  }
}
