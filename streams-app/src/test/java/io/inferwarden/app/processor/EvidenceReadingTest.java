package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceReadingTest {
  private static final long HOUR = 3_600_000;
  private static final EvidenceReading ALARM =
      new EvidenceReading(0, 2, .001, 24 * HOUR, Map.of("age", 1.0));

  @Test
  void isAnAlarmExactlyWhereItReachesTheLine() {
    assertThat(EvidenceReading.of(0, 1, .01).log10())
        .isEqualTo(EvidenceReading.of(0, 0, .01).alarmLineLog10())
        .isEqualTo(2, within(1e-12));
    assertThat(EvidenceReading.of(0, .999, .01).log10()).isLessThan(2);
    assertThat(EvidenceReading.of(0, 0, .01).log10()).as("no evidence").isZero();
  }

  @Test
  void thatOfAnAlarmIsHeldUntilItsIncidentIsOver() {
    EvidenceReading weaker = EvidenceReading.of(23 * HOUR, .1, .001);
    EvidenceReading stronger = new EvidenceReading(23 * HOUR, 3, .001, 47 * HOUR, Map.of());

    assertThat(ALARM.then(weaker).level()).isEqualTo(2);
    assertThat(ALARM.then(weaker).causes()).containsKey("age");
    assertThat(ALARM.then(weaker).then(EvidenceReading.of(24 * HOUR, .1, .001)).level())
        .isEqualTo(.1);
    assertThat(ALARM.then(stronger)).isEqualTo(stronger);
  }

  @Test
  void evidenceBelowAnAlarmIsNotHeld() {
    assertThat(EvidenceReading.of(0, .9, .001).then(EvidenceReading.of(HOUR, .1, .001)).level())
        .isEqualTo(.1);
  }

  @Test
  void refusesASpendOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvidenceReading.of(0, 1, Double.NaN))
        .withMessage("spend must be > 0, was NaN");
  }
}
