package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentKindTest {
  @ParameterizedTest
  @EnumSource
  void isFoundAgainByItsCode(IncidentKind kind) {
    assertThat(IncidentKind.ofCode(kind.code())).isSameAs(kind);
    assertThat(kind.whatToDo()).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource
  void severitiesAreFoundAgainByTheirCode(Severity severity) {
    assertThat(Severity.ofCode(severity.code())).isSameAs(severity);
    assertThat(severity.or(Severity.INFO)).isSameAs(severity);
    assertThat(Severity.INFO.or(severity)).isSameAs(severity);
  }

  @Test
  void whatAccusesIsFiledAsAnAttackAndShowsItsStrongestFinding() {
    assertThat(IncidentKind.values())
        .filteredOn(IncidentKind::accuses)
        .hasSize(12)
        .contains(IncidentKind.EXTRACTION, IncidentKind.SCRIPTED_USE, IncidentKind.DISTILLATION)
        .doesNotContain(IncidentKind.DETECTOR_FLOODED, IncidentKind.REQUEST_SURGE)
        .allMatch(kind -> !kind.techniques().isEmpty())
        .noneMatch(IncidentKind::tellsTheLatest);
  }

  @ParameterizedTest
  @EnumSource
  void everyTechniqueHasAnIdOfItsCatalogueAndItsEdition(IncidentKind kind) {
    assertThat(kind.techniques())
        .doesNotHaveDuplicates()
        .allSatisfy(
            technique ->
                assertThat(technique.framework() + " " + technique.edition() + " " + technique.id())
                    .matches(
                        "atlas 2026\\.09 AML\\.T\\d{4}(\\.\\d{3})?"
                            + "|owasp-ml 2023 ML(0[1-9]|10)"
                            + "|owasp-llm 2026 LLM(0[1-9]|10)"));
  }

  @Test
  void ticketsAndInformationNeverPage() {
    assertThat(IncidentKind.values())
        .filteredOn(kind -> !kind.pages())
        .containsExactlyInAnyOrder(
            IncidentKind.SCRIPTED_USE,
            IncidentKind.REQUEST_SURGE,
            IncidentKind.VERSION_CHANGED,
            IncidentKind.SLOW_DRIFT,
            IncidentKind.PROMISE_SUSPENDED,
            IncidentKind.ADOPTION,
            IncidentKind.BLIND,
            IncidentKind.WATCHDOG,
            IncidentKind.TEST,
            IncidentKind.DIGEST)
        .allMatch(kind -> kind.severity().compareTo(Severity.LOW) <= 0)
        .allMatch(kind -> kind.tellsTheLatest() != kind.accuses());
  }

  @Test
  void whatSpeaksOfThePlatformsOwnAlertsAccusesNobodyAndIsNoAttack() {
    assertThat(IncidentKind.values())
        .filteredOn(IncidentKind::isOfDelivery)
        .containsExactlyInAnyOrder(
            IncidentKind.WATCHDOG,
            IncidentKind.TEST,
            IncidentKind.DIGEST,
            IncidentKind.DELIVERY_FAILING)
        .noneMatch(IncidentKind::accuses)
        .allMatch(kind -> kind.techniques().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void isWordedAsTheRestOfASentence(IncidentKind kind) {
    assertThat(kind.title()).hasSizeLessThan(40).matches("[A-Z].*[^.]");
    assertThat(kind.explanation()).matches("[a-z].*[^.]");
    assertThat(kind.runbook()).matches("docs/runbooks/[a-z-]+\\.md");
  }

  @Test
  void onlyWhatMayBeAnAttackIsFiledAsOne() {
    assertThat(IncidentKind.INPUT_DRIFT.techniques()).isEmpty();
    assertThat(IncidentKind.SILENCE.techniques()).isEmpty();
    assertThat(IncidentKind.MODEL_REPLACED.techniques())
        .extracting(Technique::id)
        .contains("AML.T0018", "ML06");
  }

  @Test
  void unknownCodesAreRefused() {
    assertThatThrownBy(() -> Severity.ofCode("HIGH")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IncidentState.ofCode("")).isInstanceOf(IllegalArgumentException.class);
  }
}
