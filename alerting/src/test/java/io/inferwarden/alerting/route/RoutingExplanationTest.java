package io.inferwarden.alerting.route;

import static io.inferwarden.alerting.route.RoutingTreeTest.plan;
import static io.inferwarden.alerting.route.RoutingTreeTest.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingExplanationTest {
  private static final Route ROOT =
      new Route(
          Route.ROOT,
          Match.ANYTHING,
          List.of("soc"),
          false,
          Optional.of(Duration.ofHours(4)),
          Optional.of(new Grouping(Set.of(Grouping.By.KIND), Duration.ofSeconds(30))),
          List.of(
              new Route(
                  "fraud",
                  Match.builder().models("fraud-*").build(),
                  List.of("team"),
                  true,
                  Optional.empty(),
                  Optional.empty(),
                  List.of(
                      route(
                          "grave",
                          Match.builder().minimalSeverity(Severity.CRITICAL).build(),
                          List.of("pager")))),
              route(
                  "switch",
                  Match.builder().kinds(IncidentKind.WATCHDOG).build(),
                  List.of("pager"))));

  @Test
  void saysWhatEachLineMeans() {
    RoutingPlan plan =
        new RoutingPlan(
            "production",
            plan(ROOT).owners(),
            plan(ROOT).sinks(),
            ROOT,
            List.of(
                new MaintenanceWindow(
                    "night",
                    Match.builder().models("batch-*").build(),
                    new Schedule.Weekly(
                        Set.of(DayOfWeek.SUNDAY, DayOfWeek.SATURDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(4, 0),
                        ZoneId.of("Europe/Berlin")),
                    "re-training")),
            List.of(
                new Inhibition(
                    Match.builder().kinds(IncidentKind.SILENCE).build(),
                    Match.builder().kinds(IncidentKind.BLIND).build(),
                    List.of(Inhibition.Equal.MODEL),
                    "no requests, nothing to see")),
            List.of());

    assertThat(RoutingTree.of(plan).explain())
        .containsExactly(
            "environment: production",
            "owners: team-fraud answers for fraud-*",
            "route root: every incident, where no route below takes it, goes to soc; again every"
                + " 4h until someone acknowledges; those of one kind may become one message, the"
                + " first waits 30s",
            "  route fraud: model fraud-*, where no route below takes it, goes to team; again"
                + " every 4h until someone acknowledges; those of one kind may become one message,"
                + " the first waits 30s; the routes after it are asked as well",
            "    route grave: severity >= critical goes to pager; again every 4h until someone"
                + " acknowledges; those of one kind may become one message, the first waits 30s",
            "  route switch: kind watchdog goes to pager; again every 4h until someone"
                + " acknowledges; those of one kind may become one message, the first waits 30s",
            "maintenance night: Sat, Sun from 22:00 to 04:00 Europe/Berlin, nobody is told of"
                + " model batch-*, because: re-training",
            "inhibit: while there is an open incident of kind silence, nobody is told of kind"
                + " blind of the same model, because: no requests, nothing to see");
  }

  @Test
  void saysWhichWayAnIncidentTakes() {
    RoutingTree tree = RoutingTree.of(plan(ROOT));

    assertThat(tree.explain(Incidents.of(IncidentKind.INPUT_DRIFT, "fraud-scorer")))
        .containsExactly(
            "route root takes it (every incident) and leads it on",
            "  route fraud takes it (model fraud-*): team",
            "    route grave does not take it: its severity is high, below critical",
            "  route switch does not take it: its kind is input_drift, not watchdog");
    assertThat(tree.explain(Incidents.about(IncidentKind.WATCHDOG, "platform")))
        .containsExactly(
            "route root takes it (every incident) and leads it on",
            "  route fraud does not take it: only routes that name the kind watchdog do",
            "  route switch takes it (kind watchdog): pager");
  }
}
