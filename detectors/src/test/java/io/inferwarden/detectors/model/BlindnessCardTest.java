package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class BlindnessCardTest {
  private static final double SPEND = 1.0 / (168 * 27);
  private static final ModelBaseline BASELINE = new SimulatedModel(3).baseline();

  private static BlindnessCard card(double eventsPerPane, double spend) {
    return BlindnessCard.of(BASELINE, eventsPerPane, spend);
  }

  private static void assertNeverLater(BlindnessCard sooner, BlindnessCard later) {
    for (int s = 0; s < later.signals().size(); s++) {
      List<ShiftSight> before = later.signals().get(s).shifts();
      List<ShiftSight> after = sooner.signals().get(s).shifts();
      for (int i = 0; i < before.size(); i++) {
        for (int d = 0; d < before.get(i).standard().size(); d++) {
          assertThat(after.get(i).standard().get(d).medianMillis())
              .as("%s %s", later.signals().get(s).signal(), before.get(i))
              .isLessThanOrEqualTo(before.get(i).standard().get(d).medianMillis());
        }
      }
    }
  }

  @Test
  void moreTrafficNeverTakesLonger() {
    BlindnessCard little = card(10, SPEND);
    BlindnessCard some = card(40, SPEND);
    BlindnessCard much = card(400, SPEND);

    assertNeverLater(some, little);
    assertNeverLater(much, some);
  }

  @Test
  void aLargerBudgetNeverTakesLonger() {
    assertNeverLater(card(25, 100 * SPEND), card(25, SPEND));
  }

  @Test
  void aLargerShiftNeverTakesLonger() {
    for (SignalSight signal : card(25, SPEND).signals()) {
      for (ShiftSight shift : signal.shifts()) {
        List<ShiftSight.Delay> delays = shift.delays();
        for (int i = 1; i < delays.size(); i++) {
          assertThat(delays.get(i).size()).isLessThan(delays.get(i - 1).size());
          assertThat(delays.get(i).medianMillis())
              .isGreaterThanOrEqualTo(delays.get(i - 1).medianMillis());
        }
      }
    }
  }

  @Test
  void seesWithinADayWhatTheSimulationOfHourlyPanesSees() {
    SignalSight amount =
        card(25, SPEND).signals().stream()
            .filter(signal -> signal.signal().equals("amount"))
            .findFirst()
            .orElseThrow();

    assertThat(amount.isBlind()).isFalse();
    assertThat(amount.shifts())
        .extracting(ShiftSight::kind)
        .containsExactly(ShiftKind.MEAN, ShiftKind.MISSING);
    assertThat(amount.shifts().get(0).smallestWithin(ModelBaseline.DAY_MILLIS).orElseThrow())
        .isBetween(.2, .7);
  }

  @Test
  void aModelWithoutTrafficIsBlind() {
    assertThat(card(.005, SPEND).signals()).allMatch(SignalSight::isBlind);
  }

  @Test
  void theSameQuestionHasTheSameAnswer() {
    assertThat(card(25, SPEND)).isEqualTo(card(25, SPEND));
  }

  @Test
  void refusesTrafficAndSpendThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> card(Double.NaN, SPEND))
        .withMessage("eventsPerPane must be in (0, 1e9), was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> card(25, 0))
        .withMessage("spend must be in (0, 1), was 0.0");
  }

  @Test
  void theProfileSaysWhatIsUsual() {
    SignalProfile amount = BASELINE.profile().get(0);

    assertThat(amount.name()).isEqualTo("amount");
    assertThat(amount.isNumber()).isTrue();
    assertThat(amount.seasonHours()).isZero();
    assertThat(amount.deviation()).isBetween(.85, 1.15);
    assertThat(amount.bins().stream().mapToDouble(SignalProfile.Bin::share).sum())
        .isBetween(.999999, 1.000001);
    assertThat(BASELINE.eventsPerPane()).isBetween(20.0, 30.0);
  }

  @Test
  void aShiftOfTheMeanMovesNormalValuesAsItShould() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    SignalBaseline amount = BASELINE.signals().get(0);
    int present = amount.size() - 1;
    double[] p = new double[amount.size()];
    for (int k = 0; k < present; k++) {
      p[k] = 1.0 / present;
    }

    double[] shifted = ShiftedCentre.of(amount, ShiftKind.MEAN, .5, p);

    assertThat(Arrays.stream(shifted).sum()).isBetween(1 - 1e-9, 1 + 1e-9);
    double below = normal.cumulativeProbability(normal.inverseCumulativeProbability(p[0]) - .5);
    assertThat(shifted[0]).isBetween(below - 1e-9, below + 1e-9);
  }
}
