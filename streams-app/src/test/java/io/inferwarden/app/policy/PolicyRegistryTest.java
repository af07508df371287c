package io.inferwarden.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRegistryTest {
  private static final long AT = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  @Test
  void raisesEverythingWhenThePolicySaysNothing() {
    PolicyRegistry policies = new PolicyRegistry("policies");

    assertThat(verdict(policies, "k9", 1, AT)).isEqualTo(Verdict.RAISE);
    assertThat(policies.verdictOn("k9", IncidentKind.EXTRACTION, Severity.INFO, 1, AT))
        .isEqualTo(Verdict.RAISE);
  }

  @Test
  void aRoleExplainsItsOwnKindsAndNoOthers() {
    PolicyRegistry policies =
        inForce(
            """
            declared:
              - {principal: explainer, role: prober, owner: o, reason: r}
              - {principal: job, role: batch, owner: o, reason: r}
              - {principal: both, role: batch, owner: o, reason: r}
              - {principal: both, role: prober, owner: o, reason: r}
            """);

    assertThat(verdict(policies, "explainer", 1, AT)).isEqualTo(Verdict.EXPLAINED_BY_ROLE);
    assertThat(verdict(policies, "both", 1, AT)).isEqualTo(Verdict.EXPLAINED_BY_ROLE);
    assertThat(verdict(policies, "job", 1, AT)).isEqualTo(Verdict.RAISE);
    assertThat(verdict(policies, "another", 1, AT)).isEqualTo(Verdict.RAISE);
  }

  @ParameterizedTest
  @CsvSource({
    "prober, 'extraction evasion inversion membership_probing fuzzing injection prompt_extraction"
        + " data_extraction'",
    "batch, scripted_use denial_of_wallet distillation",
    "shared, scripted_use stolen_key"
  })
  void everyKindThatARoleDoesNotNameIsRaised(String role, String explained) {
    PolicyRegistry policies =
        inForce("declared: [{principal: k9, role: " + role + ", owner: o, reason: r}]");

    List<String> found =
        Arrays.stream(IncidentKind.values())
            .filter(
                kind ->
                    policies.verdictOn("k9", kind, kind.severity(), 1, AT)
                        == Verdict.EXPLAINED_BY_ROLE)
            .map(IncidentKind::code)
            .toList();

    assertThat(found).containsExactly(explained.split(" ", -1));
  }

  @Test
  void anEntryExplainsNothingFromItsLastDayOnByTheTimeOfTheEvent() {
    PolicyRegistry policies =
        inForce(
            "declared: [{principal: k9, role: prober, owner: o, until: 2026-11-23, reason: r}]");
    long end = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();

    assertThat(verdict(policies, "k9", 1, end - 1)).isEqualTo(Verdict.EXPLAINED_BY_ROLE);
    assertThat(verdict(policies, "k9", 1, end)).isEqualTo(Verdict.RAISE);
  }

  @Test
  void aWeightAsksForThatMuchMoreEvidence() {
    PolicyRegistry policies = inForce("kinds: {extraction: {weight: 0.1}}");

    assertThat(verdict(policies, "k9", Math.nextDown(10.0), AT)).isEqualTo(Verdict.BELOW_WEIGHT);
    assertThat(verdict(policies, "k9", 10, AT)).isEqualTo(Verdict.RAISE);
    assertThat(verdict(policies, "k9", Double.NaN, AT)).isEqualTo(Verdict.BELOW_WEIGHT);
  }

  @Test
  void evidenceThatIsStillTooLittleIsNotExplainedAwayEither() {
    PolicyRegistry policies =
        inForce(
            """
            kinds: {extraction: {weight: 0.5}}
            declared: [{principal: k9, role: prober, owner: o, reason: r}]
            """);

    assertThat(verdict(policies, "k9", 1, AT)).isEqualTo(Verdict.BELOW_WEIGHT);
    assertThat(verdict(policies, "k9", 2, AT)).isEqualTo(Verdict.EXPLAINED_BY_ROLE);
  }

  @Test
  void whatMattersLessThanItsKindMustIsOnlyRecorded() {
    PolicyRegistry policies = inForce("kinds: {extraction: {minimalSeverity: medium}}");

    assertThat(policies.verdictOn("k9", IncidentKind.EXTRACTION, Severity.LOW, 1, AT))
        .isEqualTo(Verdict.BELOW_SEVERITY);
    assertThat(policies.verdictOn("k9", IncidentKind.EXTRACTION, Severity.MEDIUM, 1, AT))
        .isEqualTo(Verdict.RAISE);
  }

  @Test
  void whatIsNoPolicyLeavesTheOneBeforeInForceAndATombstoneTheDefaults() {
    PolicyRegistry policies =
        inForce("declared: [{principal: k9, role: prober, owner: o, reason: r}]");

    policies.accept(PolicyRegistry.KEY, "{\"pane\":\"7h\"}".getBytes(UTF_8));
    assertThat(verdict(policies, "k9", 1, AT)).isEqualTo(Verdict.EXPLAINED_BY_ROLE);

    policies.accept(PolicyRegistry.KEY, null);
    assertThat(verdict(policies, "k9", 1, AT)).isEqualTo(Verdict.RAISE);
  }

  private static Verdict verdict(
      PolicyRegistry policies, String principal, double level, long atMillis) {
    return policies.verdictOn(principal, IncidentKind.EXTRACTION, Severity.HIGH, level, atMillis);
  }

  private static PolicyRegistry inForce(String yaml) {
    PolicyRegistry policies = new PolicyRegistry("policies");
    policies.accept(PolicyRegistry.KEY, PolicyFile.parse("p", yaml).toJson().getBytes(UTF_8));
    return policies;
  }
}
