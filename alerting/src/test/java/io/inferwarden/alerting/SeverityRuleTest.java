package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeverityRuleTest {
  @ParameterizedTest
  @EnumSource
  void aloneAKindHasItsOwnSeverity(IncidentKind kind) {
    assertThat(SeverityRule.of(kind, 0)).isEqualTo(kind.severity());
    assertThat(SeverityRule.of(kind, 9)).isEqualTo(kind.severity());
  }

  @Test
  void aCampaignOfTenIsOneStepGraver() {
    assertThat(SeverityRule.of(IncidentKind.INJECTION, 10)).isEqualTo(Severity.HIGH);
    assertThat(SeverityRule.of(IncidentKind.EXTRACTION, 10)).isEqualTo(Severity.CRITICAL);
    assertThat(SeverityRule.of(IncidentKind.SCRIPTED_USE, 24_000)).isEqualTo(Severity.MEDIUM);
    assertThat(Severity.CRITICAL.oneGraver()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whatAccusesNobodyIsNeverACampaign() {
    assertThat(SeverityRule.of(IncidentKind.DETECTOR_FLOODED, 1_000_000))
        .isEqualTo(Severity.MEDIUM);
    assertThatThrownBy(() -> SeverityRule.of(IncidentKind.FUZZING, -1))
        .hasMessage("members must be >= 0, was -1");
  }
}
