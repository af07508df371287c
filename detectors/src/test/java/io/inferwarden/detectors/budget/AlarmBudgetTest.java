package io.inferwarden.detectors.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlarmBudgetTest {
  private static final long HOUR = 3_600_000;

  @Test
  void aWeekOfPanesOfAllModelsSpendsTheirShare() {
    AlarmBudget budget = AlarmBudget.ofWeekly(2);

    assertThat(budget.modelPaneSpend(HOUR, 27) * 168 * 27).isCloseTo(1.0, within(1e-12));
    assertThat(budget.silencePaneSpend(HOUR, 27) * 168 * 27).isCloseTo(.1, within(1e-12));
    assertThat(budget.principalSpend(500) * 500).isCloseTo(.6, within(1e-12));
    assertThat(budget.networkSpend(500, true) * 500).isCloseTo(.1, within(1e-12));
    assertThat(budget.networkSpend(500, false) * 500).isCloseTo(.2, within(1e-12));
    assertThat(budget.wordingSpend(500, 8192) * 500 * 8192).isCloseTo(.1, within(1e-12));
    assertThat(budget.reservedShare()).isCloseTo(0, within(1e-12));
  }

  @Test
  void theFleetsScaleTurnsWhatModelsSpendIntoWhatTheFleetMay() {
    AlarmBudget budget = new AlarmBudget(2, .2, .4, .1, .06, .1);

    double ofModels = budget.modelPaneSpend(HOUR, 27) * 27;

    assertThat(ofModels * budget.fleetScale())
        .isCloseTo(budget.fleetPaneSpend(HOUR), within(1e-15));
    assertThat(budget.fleetPaneSpend(HOUR) * 168).isCloseTo(.12, within(1e-12));
  }

  @Test
  void aFleetWhoseModelsSpendNothingSpendsNothing() {
    AlarmBudget budget = new AlarmBudget(2, .2, 0, .1, .06, .1);

    assertThat(budget.fleetScale()).isZero();
    assertThat(budget.fleetPaneSpend(HOUR)).isZero();
  }

  @Test
  void weightedModelsSpendTogetherWhatTheirShareIs() {
    AlarmBudget budget = AlarmBudget.ofWeekly(1);

    double heavy = budget.modelPaneSpend(HOUR, 5 / 3.0);
    double light = budget.modelPaneSpend(HOUR, 5 / 1.0);

    assertThat(heavy).isCloseTo(3 * light, within(1e-15));
    assertThat((heavy + 2 * light) * 168).isCloseTo(.5, within(1e-12));
  }

  @Test
  void refusesABudgetThatIsNone() {
    assertThatThrownBy(() -> AlarmBudget.ofWeekly(Double.NaN))
        .hasMessage("falseIncidentsPerWeek must be > 0 and finite, was NaN");
    assertThatThrownBy(() -> new AlarmBudget(1, .5, .5, .25, .25, 0))
        .hasMessage("shares must sum to <= 1, was 1.5");
    assertThatThrownBy(() -> new AlarmBudget(1, -.1, .5, .5, 0, 0))
        .hasMessage("principalShare must be in [0, 1], was -0.1");
  }

  @Test
  void refusesStreamsThatAreNone() {
    AlarmBudget budget = AlarmBudget.ofWeekly(1);

    assertThatThrownBy(() -> budget.modelPaneSpend(0, 1))
        .hasMessage("paneMillis must be > 0, was 0");
    assertThatThrownBy(() -> budget.silencePaneSpend(HOUR, 0))
        .hasMessage("number of streams must be >= 1, was 0.0");
    assertThatThrownBy(() -> budget.principalSpend(0))
        .hasMessage("expectedPrincipalsPerWeek must be > 0 and finite, was 0.0");
  }
}
