package io.inferwarden.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class RoutingTreeTest {
  private static final Owners OWNERS = new Owners(Map.of("fraud-*", "team-fraud"));

  @Test
  void tellsEverySinkEverythingWhereNoTreeIsGiven() {
    RoutingTree tree = RoutingTree.of(RoutingPlan.everythingTo(List.of("pager", "soc")));

    assertThat(sinks(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "fraud-scorer")))
        .containsExactly("pager", "soc");
  }

  @Test
  void prefersTheDeepestRouteToItsParents() {
    RoutingTree tree =
        tree(
            root(
                List.of("soc"),
                route(
                    "fraud",
                    Match.builder().models("fraud-*").build(),
                    List.of("team"),
                    route(
                        "grave",
                        Match.builder().minimalSeverity(Severity.HIGH).build(),
                        List.of("pager")))));

    assertThat(sinks(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "fraud-scorer")))
        .containsExactly("pager");
    assertThat(sinks(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "fraud-scorer", Severity.LOW)))
        .containsExactly("team");
    assertThat(sinks(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "chat"))).containsExactly("soc");
  }

  @Test
  void namesTheWholeWayToTheSink() {
    RoutingTree tree = tree(root(List.of("soc"), route("fraud", Match.ANYTHING, List.of("team"))));

    assertThat(route(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "chat")))
        .singleElement()
        .satisfies(
            destination -> {
              assertThat(destination.route()).isEqualTo("root/fraud");
              assertThat(destination.because())
                  .containsExactly(
                      "route root takes every incident", "route root/fraud takes every incident");
            });
  }

  @Test
  void asksTheNextSiblingOnlyWhereTheRouteContinues() {
    Route feed =
        new Route(
            "feed",
            Match.ANYTHING,
            List.of("soc"),
            true,
            Optional.empty(),
            Optional.empty(),
            List.of());
    RoutingTree tree =
        tree(
            root(
                List.of("team"),
                feed,
                route("one", Match.ANYTHING, List.of("pager")),
                route("two", Match.ANYTHING, List.of("team"))));

    assertThat(sinks(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "chat")))
        .containsExactly("soc", "pager");
  }

  @Test
  void tellsASinkOnceByTheFirstRouteThatLeadsToIt() {
    Route first =
        new Route(
            "first",
            Match.ANYTHING,
            List.of("soc"),
            true,
            Optional.of(Duration.ofHours(1)),
            Optional.empty(),
            List.of());
    RoutingTree tree =
        tree(root(List.of("team"), first, route("second", Match.ANYTHING, List.of("soc"))));

    assertThat(route(tree, Incidents.of(IncidentKind.INPUT_DRIFT, "chat")))
        .singleElement()
        .satisfies(
            destination -> {
              assertThat(destination.route()).isEqualTo("root/first");
              assertThat(destination.repeat()).contains(Duration.ofHours(1));
            });
  }

  @Test
  void takesSinksReminderAndGroupingFromTheParentWhereARouteHasNone() {
    Grouping byModel = new Grouping(Set.of(Grouping.By.MODEL), Duration.ofSeconds(30));
    Route root =
        new Route(
            Route.ROOT,
            Match.ANYTHING,
            List.of("soc"),
            false,
            Optional.of(Duration.ofHours(4)),
            Optional.of(byModel),
            List.of(route("fraud", Match.builder().owners("team-fraud").build(), List.of())));

    assertThat(route(tree(root), Incidents.of(IncidentKind.INPUT_DRIFT, "fraud-scorer")))
        .singleElement()
        .satisfies(
            destination -> {
              assertThat(destination.sink()).isEqualTo("soc");
              assertThat(destination.route()).isEqualTo("root/fraud");
              assertThat(destination.repeat()).contains(Duration.ofHours(4));
              assertThat(destination.group()).isEqualTo("root/fraud?model=fraud-scorer");
              assertThat(destination.groupWaitMillis()).isEqualTo(30_000);
            });
  }

  @Test
  void keepsGroupsApartWhateverModelsAreCalled() {
    Grouping byModelAndKind =
        new Grouping(Set.of(Grouping.By.MODEL, Grouping.By.KIND), Duration.ZERO);
    Route root =
        new Route(
            Route.ROOT,
            Match.ANYTHING,
            List.of("soc"),
            false,
            Optional.empty(),
            Optional.of(byModelAndKind),
            List.of());

    assertThat(route(tree(root), Incidents.of(IncidentKind.BLIND, "a&kind=evasion")))
        .singleElement()
        .extracting(Destination::group)
        .isEqualTo("root?model=a%26kind%3Devasion&kind=blind");
  }

  @Test
  void tellsTheWatchdogOnlyWhereARouteNamesIt() {
    RoutingTree tree =
        tree(
            root(
                List.of("soc"),
                route("all", Match.ANYTHING, List.of("team")),
                route(
                    "switch",
                    Match.builder().kinds(IncidentKind.WATCHDOG).build(),
                    List.of("pager"))));

    assertThat(sinks(tree, Incidents.about(IncidentKind.WATCHDOG, "platform")))
        .containsExactly("pager");
    assertThat(
            sinks(tree(root(List.of("soc"))), Incidents.about(IncidentKind.WATCHDOG, "platform")))
        .isEmpty();
  }

  @Test
  void sendsATestToItsRouteOrSinkAlone() {
    RoutingTree tree =
        tree(root(List.of("soc"), route("fraud", Match.ANYTHING, List.of("pager", "team"))));

    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "route:fraud")))
        .containsExactly("pager", "team");
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "route:root/fraud")))
        .containsExactly("pager", "team");
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "route:root")))
        .containsExactly("soc");
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "sink:team")))
        .containsExactly("team");
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "sink:nobody"))).isEmpty();
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "route:nobody"))).isEmpty();
  }

  @Test
  void neverTellsAFailingSinkOfItsFailure() {
    RoutingTree tree = tree(root(List.of("pager", "soc")));

    assertThat(sinks(tree, Incidents.about(IncidentKind.DELIVERY_FAILING, "sink:pager")))
        .containsExactly("soc");
  }

  @Test
  void tellsAllOtherSinksWhereTheFailingOneIsTheOnlyOneOnTheWay() {
    RoutingTree tree = tree(root(List.of("pager")));

    assertThat(sinks(tree, Incidents.about(IncidentKind.DELIVERY_FAILING, "sink:pager")))
        .containsExactly("soc", "team");
  }

  @Test
  void tellsALogEverythingWhateverIsHeld() {
    RoutingTree tree = RoutingTree.of(plan(root(List.of("pager"))).withAlways(List.of("file")));
    Silence silence =
        new Silence(
            "sil_1",
            Match.builder().subjects("*").build(),
            "ada",
            "why",
            Examples.AT,
            Examples.AT + 1000,
            Examples.AT);
    Incident drift = Incidents.of(IncidentKind.INPUT_DRIFT, "chat");

    assertThat(tree.route(drift, Examples.AT, List.of(silence), List.of()))
        .extracting(Destination::sink, destination -> destination.hold().isPresent())
        .containsExactly(Tuple.tuple("pager", true), Tuple.tuple("file", false));
    assertThat(sinks(tree, Incidents.about(IncidentKind.WATCHDOG, "platform"))).isEmpty();
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "route:root")))
        .containsExactly("pager");
    assertThat(sinks(tree, Incidents.about(IncidentKind.TEST, "sink:file")))
        .containsExactly("file");
  }

  @Test
  void letsNoDigestPass() {
    RoutingTree tree = tree(root(List.of("pager")));

    assertThat(sinks(tree, Incidents.about(IncidentKind.DIGEST, "sink:pager"))).isEmpty();
  }

  @Test
  void leadsAFleetByAnyOfItsModels() {
    RoutingTree tree =
        tree(
            root(
                List.of("soc"),
                route("fraud", Match.builder().models("fraud-*").build(), List.of("team"))));

    assertThat(sinks(tree, Incidents.fleet("chat", "fraud-scorer"))).containsExactly("team");
  }

  @Test
  void refusesARouteToASinkThatDoesNotExist() {
    assertThatThrownBy(() -> tree(root(List.of("nobody"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("route root must name known sinks (pager, soc, team), named nobody");
  }

  @Test
  void refusesSiblingsOfOneName() {
    assertThatThrownBy(
            () ->
                root(
                    List.of("soc"),
                    route("one", Match.ANYTHING, List.of()),
                    route("one", Match.ANYTHING, List.of())))
        .hasMessage("routes of root must have different names, twice was one");
  }

  @Test
  void findsTheSinksOfARouteByNameOrPath() {
    RoutingTree tree =
        tree(
            root(
                List.of("soc"),
                route("a", Match.ANYTHING, List.of("team"), route("x", Match.ANYTHING, List.of())),
                route(
                    "b", Match.ANYTHING, List.of("pager"), route("x", Match.ANYTHING, List.of()))));

    assertThat(tree.routes()).containsExactly("root", "root/a", "root/a/x", "root/b", "root/b/x");
    assertThat(tree.sinksOfRoute("a/x")).contains(List.of("team"));
    assertThat(tree.sinksOfRoute("b")).contains(List.of("pager"));
    assertThat(tree.sinksOfRoute("x")).isEmpty();
  }

  static Route root(List<String> sinks, Route... children) {
    return new Route(
        Route.ROOT,
        Match.ANYTHING,
        sinks,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(children));
  }

  static Route route(String name, Match match, List<String> sinks, Route... children) {
    return new Route(
        name, match, sinks, false, Optional.empty(), Optional.empty(), List.of(children));
  }

  static RoutingTree tree(Route root) {
    return RoutingTree.of(plan(root));
  }

  static RoutingPlan plan(Route root) {
    return new RoutingPlan(
        "production",
        OWNERS,
        RouteChecks.ordered(List.of("pager", "soc", "team")),
        root,
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Destination> route(RoutingTree tree, Incident incident) {
    return tree.route(incident, Examples.AT, List.of(), List.of());
  }

  private static List<String> sinks(RoutingTree tree, Incident incident) {
    return route(tree, incident).stream().map(Destination::sink).toList();
  }
}
