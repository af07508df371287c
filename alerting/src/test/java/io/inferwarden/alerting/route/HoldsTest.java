package io.inferwarden.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private static final Incident BLIND = Incidents.of(IncidentKind.BLIND, "fraud-scorer");
  private static final Incident SILENT = Incidents.of(IncidentKind.SILENCE, "fraud-scorer");
  private static final Match BLINDS = Match.builder().kinds(IncidentKind.BLIND).build();
  private static final Match SILENCES = Match.builder().kinds(IncidentKind.SILENCE).build();

  @Test
  void holdsBackWhatASilenceMeansAndSaysWhoAsked() {
    assertThat(hold(plan(List.of(), List.of()), BLIND, List.of(silence("sil_1", 60_000))))
        .contains(
            new Hold(
                Hold.Cause.SILENCED,
                "sil_1",
                "silence sil_1 by ada until 2026-03-02T14:03:00Z: a known import",
                Examples.AT + 60_000));
  }

  @Test
  void passesOverSilencesThatAreOverOrMeanOthers() {
    Silence over = silence("sil_1", 60_000).ended(Examples.AT);
    Silence others =
        new Silence(
            "sil_2",
            Match.builder().models("chat").build(),
            "ada",
            "why",
            Examples.AT,
            Examples.AT + 1000,
            Examples.AT);

    assertThat(hold(plan(List.of(), List.of()), BLIND, List.of(over, others))).isEmpty();
  }

  @Test
  void namesTheSilenceThatLastsLongest() {
    assertThat(
            hold(
                plan(List.of(), List.of()),
                BLIND,
                List.of(
                    silence("sil_b", 60_000), silence("sil_c", 90_000), silence("sil_a", 90_000))))
        .map(Hold::by)
        .contains("sil_a");
  }

  @Test
  void neverHoldsATestNorTheWatchdogUnlessItIsNamed() {
    Match all = Match.builder().subjects("*").build();
    Silence everything =
        new Silence("sil_1", all, "ada", "why", Examples.AT, Examples.AT + 1000, Examples.AT);
    RoutingPlan plan = plan(List.of(), List.of());

    assertThat(hold(plan, BLIND, List.of(everything))).isPresent();
    assertThat(
            hold(
                plan,
                Incidents.about(IncidentKind.DELIVERY_FAILING, "sink:x"),
                List.of(everything)))
        .isEmpty();
    assertThat(hold(plan, Incidents.about(IncidentKind.TEST, "sink:soc"), List.of(everything)))
        .isEmpty();
    assertThat(
            hold(
                plan,
                Incidents.about(IncidentKind.DELIVERY_FAILING, "sink:x"),
                List.of(
                    new Silence(
                        "sil_2",
                        Match.builder().kinds(IncidentKind.DELIVERY_FAILING).build(),
                        "ada",
                        "why",
                        Examples.AT,
                        Examples.AT + 1000,
                        Examples.AT))))
        .isPresent();
  }

  @Test
  void holdsBackDuringMaintenance() {
    MaintenanceWindow window =
        new MaintenanceWindow(
            "upgrade",
            Match.ANYTHING,
            new Schedule.Once(Examples.AT, Examples.AT + 60_000),
            "new gateway");

    assertThat(hold(plan(List.of(window), List.of()), BLIND, List.of()))
        .contains(
            new Hold(
                Hold.Cause.MAINTENANCE,
                "upgrade",
                "maintenance upgrade until 2026-03-02T14:03:00Z: new gateway",
                Examples.AT + 60_000));
  }

  @Test
  void hidesWhatAnOpenIncidentExplains() {
    assertThat(inhibited(BLIND, SILENT))
        .contains(
            new Hold(
                Hold.Cause.INHIBITED,
                SILENT.id(),
                "the open incident " + SILENT.id() + " (silence) explains it: no requests",
                Hold.OPEN_ENDED));
  }

  @Test
  void hidesNothingOnceTheExplanationIsOverOrIsOfAnotherModel() {
    assertThat(inhibited(BLIND, Incidents.resolved(IncidentKind.SILENCE, "fraud-scorer")))
        .isEmpty();
    assertThat(inhibited(BLIND, Incidents.of(IncidentKind.SILENCE, "chat"))).isEmpty();
    assertThat(inhibited(SILENT, BLIND)).isEmpty();
  }

  @Test
  void findsAModelInCommonAmongThoseOfAFleet() {
    Inhibition rule =
        new Inhibition(
            Match.builder().budgets(BudgetClass.FLEET).build(),
            SILENCES,
            List.of(Inhibition.Equal.MODEL),
            "a common cause");
    RoutingPlan plan = plan(List.of(), List.of(rule));

    assertThat(hold(plan, SILENT, List.of(), Incidents.fleet("chat", "fraud-scorer"))).isPresent();
    assertThat(hold(plan, SILENT, List.of(), Incidents.fleet("chat", "other"))).isEmpty();
  }

  @Test
  void comparesOwnersWhereItIsAskedTo() {
    Inhibition rule =
        new Inhibition(
            SILENCES,
            BLINDS,
            List.of(Inhibition.Equal.OWNER, Inhibition.Equal.ENVIRONMENT),
            "one team");
    RoutingPlan plan = plan(List.of(), List.of(rule));

    assertThat(hold(plan, BLIND, List.of(), Incidents.of(IncidentKind.SILENCE, "fraud-eu")))
        .isPresent();
    assertThat(hold(plan, BLIND, List.of(), Incidents.of(IncidentKind.SILENCE, "chat"))).isEmpty();
  }

  @Test
  void tellsOneOfTwoThatExplainEachOther() {
    Match both = Match.builder().kinds(IncidentKind.BLIND, IncidentKind.SILENCE).build();
    RoutingPlan plan = plan(List.of(), List.of(new Inhibition(both, both, List.of(), "either")));

    assertThat(hold(plan, BLIND, List.of(), SILENT)).isEmpty();
    assertThat(hold(plan, BLIND, List.of(), BLIND)).isEmpty();
  }

  @Test
  void knowsWhichIncidentsCouldExplainOthers() {
    RoutingTree tree = RoutingTree.of(plan(List.of(), List.of(rule())));

    assertThat(tree.mayInhibit(SILENT)).isTrue();
    assertThat(tree.mayInhibit(BLIND)).isFalse();
  }

  @Test
  void asksWhatExplainsWhat() {
    assertThatThrownBy(() -> new Inhibition(Match.ANYTHING, BLINDS, List.of(), "why"))
        .hasMessage("source and target of an inhibition must have at least one condition each");
  }

  private static Inhibition rule() {
    return new Inhibition(SILENCES, BLINDS, List.of(Inhibition.Equal.MODEL), "no requests");
  }

  private static Optional<Hold> inhibited(Incident incident, Incident open) {
    return hold(plan(List.of(), List.of(rule())), incident, List.of(), open);
  }

  private static Optional<Hold> hold(
      RoutingPlan plan, Incident incident, List<Silence> silences, Incident... open) {
    return RoutingTree.of(plan).route(incident, Examples.AT, silences, List.of(open)).get(0).hold();
  }

  private static Silence silence(String id, long millis) {
    return new Silence(
        id,
        Match.builder().models("fraud-*").build(),
        "ada",
        "a known import",
        Examples.AT,
        Examples.AT + millis,
        Examples.AT);
  }

  private static RoutingPlan plan(
      List<MaintenanceWindow> maintenance, List<Inhibition> inhibitions) {
    return new RoutingPlan(
        "production",
        new Owners(Map.of("fraud-*", "team-fraud")),
        Set.of("soc"),
        Route.everythingTo(List.of("soc")),
        maintenance,
        inhibitions,
        List.of());
  }
}
