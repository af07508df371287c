package io.inferwarden.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.model.BlindnessCard;
import io.inferwarden.detectors.model.ShiftKind;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does the card of a baseline foretell what simulated streams with a shift then show? */
class BlindnessCardAgreementTest {
  private static final int MODELS = 3;
  private static final int STREAMS_OF_A_MODEL = 11;
  private static final int EVENTS_AN_HOUR = 25;
  private static final int EVENTS_A_MINUTE = 100;
  private static final double FACTOR = 1.5;

  @ParameterizedTest
  @CsvSource({
    "mean + 0.3 sd, MEAN, 0.3",
    "mean + 0.5 sd, MEAN, 0.5",
    "mean + 1.0 sd, MEAN, 1",
    "nulls 2 %, MISSING, 0.02",
    "nulls 10 %, MISSING, 0.1",
    "new word 2 %, NEW_VALUE, 0.02",
    "new word 10 %, NEW_VALUE, 0.1"
  })
  void foretellsTheDelayInHourlyPanes(String name, ShiftKind kind, double size) {
    ShiftPlan hourly = ShiftPlan.hourly();
    ShiftPlan steady =
        new ShiftPlan(
            hourly.paneMillis(),
            Volume.steady(EVENTS_AN_HOUR),
            hourly.learned(),
            hourly.quiet(),
            hourly.shifted(),
            hourly.spend());

    assertForetold(steady, EVENTS_AN_HOUR, name, kind, size);
  }

  @ParameterizedTest
  @CsvSource({"mean + 0.2 sd, MEAN, 0.2", "mean + 0.5 sd, MEAN, 0.5", "mean + 1.0 sd, MEAN, 1"})
  void foretellsTheDelayAtAHundredEventsAMinute(String name, ShiftKind kind, double size) {
    assertForetold(ShiftPlan.everyMinute(), EVENTS_A_MINUTE, name, kind, size);
  }

  /** Within the factor, or within a pane where delays are few panes. */
  private static void assertForetold(
      ShiftPlan plan, double eventsPerPane, String name, ShiftKind kind, double size) {
    double[] foretold = new double[MODELS];
    double[] simulated = new double[MODELS * STREAMS_OF_A_MODEL];
    for (int m = 0; m < MODELS; m++) {
      StreamRandom random = StreamRandom.of(1, name, m);
      int shift = plan.learned() + plan.quiet();
      PaneSource source = shift(name).values().of(random, shift);
      WatchedModel model =
          WatchedModel.learn(
              ShiftRun.panes(source, plan, random, 0, plan.learned()), plan.paneMillis());
      foretold[m] = panes(model.card(eventsPerPane, plan.spend()), kind, size);
      for (int i = 0; i < STREAMS_OF_A_MODEL; i++) {
        simulated[m * STREAMS_OF_A_MODEL + i] = delay(model, source, plan, random);
      }
    }

    double panes = median(simulated);
    assertThat(median(foretold))
        .isBetween(Math.min(panes / FACTOR, panes - 1), Math.max(panes * FACTOR, panes + 1));
  }

  private static double delay(
      WatchedModel model, PaneSource source, ShiftPlan plan, StreamRandom random) {
    WatchedModel.Watch watch = model.watch(plan.spend());
    int shift = plan.learned() + plan.quiet();
    for (Pane pane : ShiftRun.panes(source, plan, random, plan.learned(), shift)) {
      ShiftRun.judge(model, watch, pane);
    }
    int panes = 0;
    for (Pane pane : ShiftRun.panes(source, plan, random, shift, shift + plan.shifted())) {
      panes++;
      if (ShiftRun.judge(model, watch, pane)) {
        return panes;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static ShiftCase shift(String name) {
    return ShiftCase.ofTheReference().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double panes(BlindnessCard card, ShiftKind kind, double size) {
    return card.signals().stream()
        .filter(signal -> signal.signal().equals("f0"))
        .flatMap(signal -> signal.shifts().stream())
        .filter(sight -> sight.kind() == kind)
        .flatMap(sight -> sight.delays().stream())
        .filter(delay -> delay.size() == size)
        .mapToDouble(delay -> delay.medianMillis() / card.paneMillis())
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
