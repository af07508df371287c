package io.inferwarden.alerting.route;

import static io.inferwarden.alerting.route.RoutingTreeTest.root;
import static io.inferwarden.alerting.route.RoutingTreeTest.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingWarningsTest {
  private static final List<String> ALL = List.of("pager", "soc", "team");

  @Test
  void hasNothingToSayOfAPlanThatTellsEverybodyEverything() {
    assertThat(warnings(root(ALL))).isEmpty();
    assertThat(RoutingTree.of(RoutingPlan.everythingTo(List.of("soc"))).warnings(0)).isEmpty();
  }

  @Test
  void saysWhereThereIsNoSink() {
    assertThat(RoutingTree.of(RoutingPlan.everythingTo(List.of())).warnings(0))
        .containsExactly("there is no sink, so nobody is told of anything");
  }

  @Test
  void findsKindsThatPageAndReachNobody() {
    Route root =
        root(
            List.of(),
            route(
                "abuse",
                Match.builder().budgets(BudgetClass.PRINCIPALS, BudgetClass.CAMPAIGNS).build(),
                ALL),
            route("drift", Match.builder().budgets(BudgetClass.MODELS).build(), ALL));

    assertThat(warnings(root))
        .containsExactly(
            "nobody is told of detector_flooded, silence, common_cause of severity critical about"
                + " a model that no route names, though such incidents page; give the root sinks"
                + " that take what no route means");
  }

  @Test
  void findsTheHoleBelowARouteThatNamesAModel() {
    Route root =
        root(
            List.of(),
            route(
                "fraud",
                Match.builder().models("fraud-*").build(),
                List.of(),
                route("grave", Match.builder().minimalSeverity(Severity.HIGH).build(), ALL)),
            route("rest", Match.ANYTHING, List.of("soc")));

    assertThat(warnings(root))
        .singleElement()
        .asString()
        .startsWith("nobody is told of extraction, evasion,")
        .contains("of severity medium about model fraud-x");
  }

  @Test
  void findsRoutesBehindOneThatTakesAll() {
    Route root =
        root(
            ALL,
            route("fraud", Match.builder().models("fraud-*").build(), List.of()),
            route("eu", Match.builder().models("fraud-eu-*").build(), List.of()),
            route("chat", Match.builder().models("chat").build(), List.of()));

    assertThat(warnings(root))
        .containsExactly(
            "route root/eu is never reached: root/fraud before it takes whatever it means; put it"
                + " first, or set continue: true there");
  }

  @Test
  void findsRoutesThatContradictTheirParents() {
    Route root =
        root(
            ALL,
            route(
                "abuse",
                Match.builder().budgets(BudgetClass.PRINCIPALS).build(),
                List.of(),
                route(
                    "drift", Match.builder().kinds(IncidentKind.INPUT_DRIFT).build(), List.of())));

    assertThat(warnings(root))
        .containsExactly(
            "route root/abuse/drift is never reached: no incident is both budget principals and"
                + " kind input_drift");
  }

  @Test
  void doesNotTakeTheWatchdogForHidden() {
    Route root =
        root(
            ALL,
            route("all", Match.ANYTHING, List.of()),
            route("switch", Match.builder().kinds(IncidentKind.WATCHDOG).build(), List.of()));

    assertThat(warnings(root)).isEmpty();
  }

  @Test
  void findsConditionsThatNothingHereFulfils() {
    Route root =
        root(
            ALL,
            route("staging", Match.builder().environments("staging").build(), List.of()),
            route("nobody", Match.builder().owners("team-x").build(), List.of()),
            route("digest", Match.builder().kinds(IncidentKind.DIGEST).build(), List.of()));

    assertThat(warnings(root))
        .containsExactly(
            "route root/staging means only the environment staging, and this deployment's is"
                + " production",
            "route root/nobody names owners of no model: team-x",
            "route root/digest names the kind digest, which takes no route of its own");
  }

  @Test
  void findsRoutesThatHearNoEnd() {
    Route root =
        root(
            ALL,
            route(
                "begin", Match.builder().changes(IncidentChange.OPENED).build(), List.of("pager")));

    assertThat(warnings(root))
        .containsExactly(
            "route root/begin takes incidents that begin, not those that are resolved; its sinks"
                + " hear of the end only as those who were told before");
  }

  @Test
  void findsSinksThatNoRouteLeadsTo() {
    assertThat(warnings(root(List.of("pager", "soc"))))
        .containsExactly("sink team is told nothing: no route leads to it");
  }

  @Test
  void findsMaintenanceThatIsOver() {
    RoutingPlan plan = RoutingTreeTest.plan(root(ALL));
    MaintenanceWindow past =
        new MaintenanceWindow("past", Match.ANYTHING, new Schedule.Once(0, 1000), "done");
    RoutingPlan withPast =
        new RoutingPlan(
            plan.environment(),
            plan.owners(),
            plan.sinks(),
            plan.root(),
            List.of(past),
            List.of(),
            List.of());

    assertThat(RoutingTree.of(withPast).warnings(Examples.AT))
        .containsExactly(
            "maintenance past (from 1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z) is over and can"
                + " go");
  }

  private static List<String> warnings(Route root) {
    return RoutingTree.of(RoutingTreeTest.plan(root)).warnings(Examples.AT);
  }
}
