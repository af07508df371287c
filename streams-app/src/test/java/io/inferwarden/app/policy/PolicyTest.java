package io.inferwarden.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final String RICH =
      """
      budget: {falseIncidentsPerWeek: 0.1, shares: {principals: 0.3, models: 0.3, silence: 0.1}}
      pane: 15m
      lateness: 1500ms
      declared:
        - {principal: "ключ \\"9\\" \\\\ \\U0001F600", as: job, reason: "line\\nbreak, tab\\t"}
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
                + "{\"principals\":0.25,\"models\":0.5,\"silence\":0.05,\"fleet\":0.05},"
                + "\"weights\":{\"models\":{}}},\"learning\":\"24h\","
                + "\"pane\":\"1h\",\"lateness\":\"1m\",\"idleAfter\":\"30s\","
                + "\"quietPeriod\":\"24h\",\"dedup\":{\"window\":\"10m\",\"maximumIds\":200000},"
                + "\"tolerancePsi\":0.002,\"declared\":[]}");
    assertThat(Policy.defaults().id()).isEqualTo("e95298bef2c4");
  }

  @Test
  void theIdentityFollowsTheMeaningAndNotTheSpelling() {
    assertThat(PolicyFile.parse("p", "learning: 1440m\n").id()).isEqualTo(Policy.defaults().id());
    assertThat(PolicyFile.parse("p", "learning: 25h\n").id()).isNotEqualTo(Policy.defaults().id());
  }

  @Test
  void explainsEverySettingInPlainWords() {
    Policy policy =
        PolicyFile.parse("p", "declared: [{principal: k9, as: job, reason: explains nightly}]");

    assertThat(policy.explain())
        .contains(
            "budget.falseIncidentsPerWeek: 1 — you accept one false incident a week, on average,"
                + " over everything that is watched",
            "budget.shares.principals: 0.25 — 0.25 false incidents a week may be spent on accusing"
                + " a principal wrongly, which is one in 4 weeks",
            "budget reserve: 0.15 — the rest of the budget is given to nothing and stays unspent",
            "declared: k9 — known as job: recorded, never an incident, because: explains nightly")
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
            () -> new Policy.Budget(Double.NaN, new Policy.Shares(0, 0, 0, 0), ModelWeights.EVEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("falseIncidentsPerWeek must be > 0, was NaN");
    assertThatThrownBy(() -> new Policy.Shares(0.6, 0.5, 0, 0))
        .hasMessage("shares must sum to at most 1, was 1.1");
    assertThatThrownBy(() -> new Policy.Dedup(Duration.ZERO, 1))
        .hasMessage("dedup.window must be longer than 0, was 0s");
    assertThatThrownBy(() -> new Policy.DeclaredPrincipal("k", "job", " "))
        .hasMessage("declared.reason must not be empty");
  }
}
