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
    assertThat(budget.principalSpend(500) * 500).isCloseTo(.5, within(1e-12));
    assertThat(budget.reservedShare()).isCloseTo(.2, within(1e-12));
  }

  @Test
  void refusesABudgetThatIsNone() {
    assertThatThrownBy(() -> AlarmBudget.ofWeekly(Double.NaN))
        .hasMessage("falseIncidentsPerWeek must be > 0 and finite, was NaN");
    assertThatThrownBy(() -> new AlarmBudget(1, .5, .5, .5))
        .hasMessage("shares must sum to <= 1, was 1.5");
    assertThatThrownBy(() -> new AlarmBudget(1, -.1, .5, .5))
        .hasMessage("principalShare must be in [0, 1], was -0.1");
  }

  @Test
  void refusesStreamsThatAreNone() {
    AlarmBudget budget = AlarmBudget.ofWeekly(1);

    assertThatThrownBy(() -> budget.modelPaneSpend(0, 1))
        .hasMessage("paneMillis must be > 0, was 0");
    assertThatThrownBy(() -> budget.silencePaneSpend(HOUR, 0))
        .hasMessage("number of streams must be >= 1, was 0");
    assertThatThrownBy(() -> budget.principalSpend(0))
        .hasMessage("expectedPrincipalsPerWeek must be > 0 and finite, was 0.0");
  }
}
