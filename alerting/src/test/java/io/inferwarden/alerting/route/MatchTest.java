package io.inferwarden.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchTest {
  private static final Incident DRIFT = Incidents.of(IncidentKind.INPUT_DRIFT, "fraud-scorer");

  @Test
  void meansEverythingWithoutConditions() {
    assertThat(matches(Match.ANYTHING, DRIFT)).isTrue();
    assertThat(Match.ANYTHING.isAnything()).isTrue();
    assertThat(Match.builder().pages(true).build().isAnything()).isFalse();
  }

  @Test
  void failsByAnySingleCondition() {
    Map<Match, String> mismatches = new LinkedHashMap<>();
    mismatches.put(
        Match.builder().kinds(IncidentKind.BLIND).build(), "its kind is input_drift, not blind");
    mismatches.put(
        Match.builder().minimalSeverity(Severity.CRITICAL).build(),
        "its severity is high, below critical");
    mismatches.put(
        Match.builder().severities(Severity.LOW, Severity.INFO).build(),
        "its severity is high, not low or info");
    mismatches.put(
        Match.builder().models("chat-*").build(), "its model is fraud-scorer, not chat-*");
    mismatches.put(
        Match.builder().owners("team-chat").build(), "its owner is team-fraud, not team-chat");
    mismatches.put(
        Match.builder().subjects("principal:*").build(),
        "its subject is model:fraud-scorer, not principal:*");
    mismatches.put(
        Match.builder().environments("staging").build(),
        "its environment is production, not staging");
    mismatches.put(
        Match.builder().budgets(BudgetClass.FLEET).build(), "its budget is models, not fleet");
    mismatches.put(
        Match.builder().states(IncidentState.RESOLVED).build(), "its state is open, not resolved");
    mismatches.put(
        Match.builder().changes(IncidentChange.ESCALATED).build(),
        "its change is opened, not escalated");
    mismatches.put(Match.builder().pages(false).build(), "its kind pages");

    mismatches.forEach(
        (match, words) -> {
          assertThat(matches(match, DRIFT)).as(words).isFalse();
          assertThat(MatchWords.mismatch(match, facts(DRIFT))).contains(words);
        });
  }

  @Test
  void holdsWhereAllConditionsDo() {
    Match match = everyCondition();

    assertThat(matches(match, DRIFT)).isTrue();
    assertThat(MatchWords.mismatch(match, facts(DRIFT))).isEmpty();
    assertThat(match.inWords())
        .isEqualTo(
            "kind input_drift, severity >= medium, severity high or critical, model fraud-*,"
                + " owner team-fraud, subject model:*, environment production, budget models,"
                + " state open, change opened or updated, pages");
  }

  @Test
  void asksForAllModelsOfAFleetWhereItIsToBeHeldBack() {
    Match fraud = Match.builder().models("fraud-*").build();

    assertThat(fraud.matches(facts(Incidents.fleet("fraud-scorer", "chat")))).isTrue();
    assertThat(fraud.matchesWholly(facts(Incidents.fleet("fraud-scorer", "chat")))).isFalse();
    assertThat(fraud.matchesWholly(facts(Incidents.fleet("fraud-scorer", "fraud-eu")))).isTrue();
  }

  @Test
  void asksForAllOwnersOfAFleetWhereItIsToBeHeldBack() {
    Match fraud = Match.builder().owners("team-fraud").build();

    assertThat(fraud.matches(facts(Incidents.fleet("fraud-scorer", "chat")))).isTrue();
    assertThat(fraud.matchesWholly(facts(Incidents.fleet("fraud-scorer", "chat")))).isFalse();
  }

  @Test
  void knowsWhatPaidForAnIncident() {
    assertThat(BudgetClass.of(DRIFT)).isEqualTo(BudgetClass.MODELS);
    assertThat(BudgetClass.of(Incidents.campaign())).isEqualTo(BudgetClass.CAMPAIGNS);
    assertThat(BudgetClass.of(Incidents.about(IncidentKind.EVASION, "principal:k")))
        .isEqualTo(BudgetClass.PRINCIPALS);
    assertThat(BudgetClass.of(Incidents.of(IncidentKind.SILENCE, "chat")))
        .isEqualTo(BudgetClass.SILENCE);
    assertThat(BudgetClass.of(Incidents.fleet("a", "b"))).isEqualTo(BudgetClass.FLEET);
    assertThat(BudgetClass.of(Incidents.of(IncidentKind.BLIND, "chat")))
        .isEqualTo(BudgetClass.NONE);
  }

  @Test
  void readsBackWhatItWrites() {
    assertThat(MatchJson.fromTree(MatchJson.toTree(everyCondition()))).isEqualTo(everyCondition());
    assertThat(MatchJson.toTree(Match.ANYTHING).toString()).isEqualTo("{}");
  }

  @Test
  void refusesAConditionThatItDoesNotKnow() {
    ObjectNode tree = MatchJson.toTree(everyCondition());
    tree.put("modle", "fraud-scorer");

    assertThatThrownBy(() -> MatchJson.fromTree(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("match must have only models, subjects")
        .hasMessageContaining("had \"modle\"");
  }

  private static Match everyCondition() {
    return Match.builder()
        .kinds(IncidentKind.INPUT_DRIFT)
        .minimalSeverity(Severity.MEDIUM)
        .severities(Severity.HIGH, Severity.CRITICAL)
        .models("fraud-*")
        .owners("team-fraud")
        .subjects("model:*")
        .environments("production")
        .budgets(BudgetClass.MODELS)
        .states(IncidentState.OPEN)
        .changes(IncidentChange.OPENED, IncidentChange.UPDATED)
        .pages(true)
        .build();
  }

  private static boolean matches(Match match, Incident incident) {
    return match.matches(facts(incident));
  }

  private static Facts facts(Incident incident) {
    return Facts.of(incident, new Owners(Map.of("fraud-*", "team-fraud")), "production");
  }
}
