package io.inferwarden.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final String RICH =
      """
      budget: {falseIncidentsPerWeek: 0.1, shares: {principals: 0.3, models: 0.3, silence: 0.1}}
      pane: 15m
      lateness: 1500ms
      kinds: {extraction: {weight: 0.25, minimalSeverity: high}}
      declared:
        - {principal: "ключ \\"9\\" \\\\ \\U0001F600", role: prober, owner: a, reason: "line\\nbreak, tab\\t"}
        - {principal: k9, role: batch, owner: "ü", until: 2027-01-31, reason: r}
      """;

  @Test
  void survivesTheWayThroughJson() {
    Policy policy = PolicyFile.parse("p", RICH);

    assertThat(Policy.fromJson(policy.toJson())).isEqualTo(policy);
    assertThat(Policy.fromJson(Policy.defaults().toJson())).isEqualTo(Policy.defaults());
  }

  @Test
  void rejectsJsonThatIsNoPolicy() {
    assertThatThrownBy(() -> Policy.fromJson("{\"pane\":\"7h\"}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("pane: must divide 24h");
    assertThatThrownBy(() -> Policy.fromJson("{\"pane\":"))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void theIdentityIsStableAcrossReleases() {
    assertThat(Policy.defaults().toJson())
        .isEqualTo(
            "{\"version\":1,\"budget\":{\"falseIncidentsPerWeek\":1.0,\"shares\":"
                + "{\"principals\":0.3,\"models\":0.5,\"silence\":0.05,\"fleet\":0.05,\"campaigns\":0.1},"
                + "\"weights\":{\"models\":{}}},\"learning\":\"24h\","
                + "\"pane\":\"1h\",\"lateness\":\"1m\",\"idleAfter\":\"30s\","
                + "\"quietPeriod\":\"24h\",\"cooldown\":\"1h\",\"dedup\":{\"window\":\"10m\",\"maximumIds\":200000},"
                + "\"tolerancePsi\":0.002,\"maximumPrincipals\":400000,\"kinds\":{},\"declared\":[],\"registered\":[]}");
    assertThat(Policy.defaults().id()).isEqualTo("8e561e909be3");
  }

  @Test
  void theIdentityFollowsTheMeaningAndNotTheSpelling() {
    assertThat(PolicyFile.parse("p", "learning: 1440m\n").id()).isEqualTo(Policy.defaults().id());
    assertThat(PolicyFile.parse("p", "learning: 25h\n").id()).isNotEqualTo(Policy.defaults().id());
  }

  @Test
  void explainsEverySettingInPlainWords() {
    Policy policy =
        PolicyFile.parse(
            "p",
            "declared: [{principal: k9, role: prober, owner: risk, reason: explains nightly}]");

    assertThat(policy.explain())
        .contains(
            "budget.falseIncidentsPerWeek: 1 — you accept one false incident a week, on average,"
                + " over everything that is watched",
            "budget.shares.principals: 0.3 — 0.3 false incidents a week may be spent on accusing"
                + " a principal wrongly, which is one in 3.333 weeks",
            "budget reserve: 0 — the rest of the budget is given to nothing and stays unspent",
            "kinds: none — every kind of incident about a principal is raised as soon as its"
                + " evidence suffices, whatever its severity",
            "declared: k9 — an explainer, red team or what-if tool (prober) that risk answers for,"
                + " without an end: extraction, evasion, inversion, membership_probing, fuzzing,"
                + " injection, prompt_extraction, data_extraction are recorded and open no"
                + " incident, every other kind does; because: explains nightly")
        .allSatisfy(line -> assertThat(line).contains(" — ").doesNotContain("\n"));
  }

  @Test
  void explainsAShareOfNothing() {
    Policy policy = PolicyFile.parse("p", "budget: {shares: {silence: 0}}");

    assertThat(policy.explain())
        .contains(
            "budget.shares.silence: 0 — nothing may be spent on a stream that only seems to be"
                + " silent, so this kind of watching never pages");
  }

  @Test
  void explainsWhatAWeightDoes() {
    Policy policy = PolicyFile.parse("p", "budget: {weights: {models: {fraud-scorer: 3}}}");

    assertThat(policy.budget().weights().of("fraud-scorer")).isEqualTo(3);
    assertThat(policy.budget().weights().of("another")).isEqualTo(1);
    assertThat(policy.explain())
        .contains(
            "budget.weights.models.fraud-scorer: 3 — of what is spent on models and on silence,"
                + " this model is granted 3 times what a model without a weight is: more makes it"
                + " alarm sooner, and the others later");
  }

  @Test
  void explainsWhatIsWantedOfAKindAndUntilWhenADeclarationHolds() {
    Policy policy =
        PolicyFile.parse(
            "p",
            """
            kinds: {extraction: {weight: 0.25, minimalSeverity: high}}
            declared:
              - {principal: k9, role: shared, owner: sales, until: 2027-01-31, reason: one key}
            """);

    assertThat(policy.explain())
        .contains(
            "kinds.extraction.weight: 0.25 — this kind is raised only at 4 times the evidence that"
                + " others need: later, and at most 0.25 times as many false ones",
            "kinds.extraction.minimalSeverity: high — what this kind finds below the severity high"
                + " is recorded, never raised",
            "declared: k9 — a key that many people share (shared) that sales answers for, until the"
                + " start of 2027-01-31 UTC by its events' time: scripted_use, stolen_key are"
                + " recorded and open no incident, every other kind does; because: one key");
    assertThat(policy.warnings(LocalDate.parse("2026-11-22"))).isEmpty();
  }

  @Test
  void warnsOfADeclarationThatNeverEnds() {
    Policy policy =
        PolicyFile.parse(
            "p",
            """
            declared:
              - {principal: k8, role: batch, owner: ops, until: 2027-01-31, reason: nightly}
              - {principal: k9, role: batch, owner: ops, reason: nightly}
            """);

    assertThat(policy.warnings(LocalDate.parse("2026-11-22")))
        .containsExactly(
            "declared[1].until: is missing, so that k9 is explained for ever; give the day on which"
                + " ops must renew it, such as 2027-01-31");
  }

  @Test
  void warnsOfADeclarationThatHasEnded() {
    Policy policy =
        PolicyFile.parse(
            "p",
            "declared: [{principal: k8, role: batch, owner: ops, until: 2027-01-31, reason: n}]");

    assertThat(policy.warnings(LocalDate.parse("2027-01-30"))).isEmpty();
    assertThat(policy.warnings(LocalDate.parse("2027-01-31")))
        .containsExactly(
            "declared[0].until: 2027-01-31 has come, so that k8 is explained no more; ops must renew"
                + " or remove it");
  }

  @Test
  void refusesWeightsThatAreNone() {
    assertThatThrownBy(() -> PolicyFile.parse("p", "budget: {weights: {models: {a: 0, b: heavy}}}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("budget.weights.models.a: must be > 0, was 0")
        .hasMessageContaining("budget.weights.models.b: must be a number");
    assertThatThrownBy(() -> new ModelWeights(Map.of("a", Double.NaN)))
        .hasMessage("weights.models.a must be > 0, was NaN");
  }

  @Test
  void theRecordsRejectWhatTheFileRejects() {
    assertThatThrownBy(
            () ->
                new Policy.Budget(Double.NaN, new Policy.Shares(0, 0, 0, 0, 0), ModelWeights.EVEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("falseIncidentsPerWeek must be > 0, was NaN");
    assertThatThrownBy(() -> new Policy.Shares(0.6, 0.5, 0, 0, 0))
        .hasMessage("shares must sum to at most 1, was 1.1");
    assertThatThrownBy(() -> new Policy.Dedup(Duration.ZERO, 1))
        .hasMessage("dedup.window must be longer than 0, was 0s");
    assertThatThrownBy(() -> new DeclaredPrincipal("k", Role.BATCH, "ops", Optional.empty(), " "))
        .hasMessage("declared.reason must not be empty");
    assertThatThrownBy(() -> new KindSettings.KindSetting(Double.NaN, Severity.INFO))
        .hasMessage("kinds.weight must be > 0 and at most 1, was NaN");
    assertThatThrownBy(
            () -> new KindSettings(Map.of(IncidentKind.SILENCE, KindSettings.KindSetting.USUAL)))
        .hasMessage("kinds must be about principals, was silence");
  }
}
