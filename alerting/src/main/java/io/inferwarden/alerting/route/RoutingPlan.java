package io.inferwarden.alerting.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the configuration says of who is told.
 *
 * @param environment of this deployment, such as {@code production}; empty when it is not said
 * @param owners who answers for which model
 * @param sinks the names of all sinks
 * @param root the tree of routes
 * @param maintenance planned work; names are unique
 * @param inhibitions what explains what
 * @param always sinks beside the tree that are told everything, held or not, as a log is; none of
 *     {@code sinks}
 */
public record RoutingPlan(
    String environment,
    Owners owners,
    Set<String> sinks,
    Route root,
    List<MaintenanceWindow> maintenance,
    List<Inhibition> inhibitions,
    List<String> always) {
  public RoutingPlan {
    sinks = RouteChecks.ordered(sinks);
    requireKnown(root, sinks);
    maintenance = List.copyOf(maintenance);
    inhibitions = List.copyOf(inhibitions);
    always = List.copyOf(RouteChecks.ordered(always));
    for (String sink : always) {
      if (sinks.contains(sink)) {
        throw new IllegalArgumentException("always must hold none of sinks, held " + sink);
      }
    }
    Set<String> names = new HashSet<>();
    for (MaintenanceWindow window : maintenance) {
      if (!names.add(window.name())) {
        throw new IllegalArgumentException(
            "maintenance windows must have different names, twice was " + window.name());
      }
    }
  }

  /** A plan without sinks beside the tree. */
  public RoutingPlan(
      String environment,
      Owners owners,
      Set<String> sinks,
      Route root,
      List<MaintenanceWindow> maintenance,
      List<Inhibition> inhibitions) {
    this(environment, owners, sinks, root, maintenance, inhibitions, List.of());
  }

  /** The plan that holds where nothing is said: every sink is told everything. */
  public static RoutingPlan everythingTo(Collection<String> sinks) {
    return new RoutingPlan(
        "",
        Owners.NONE,
        RouteChecks.ordered(sinks),
        Route.everythingTo(sinks),
        List.of(),
        List.of(),
        List.of());
  }

  /** The same plan, with further sinks that are told everything. */
  public RoutingPlan withAlways(Collection<String> others) {
    List<String> all = new ArrayList<>(always);
    all.addAll(others);
    return new RoutingPlan(environment, owners, sinks, root, maintenance, inhibitions, all);
  }

  private static void requireKnown(Route route, Set<String> sinks) {
    for (String sink : route.sinks()) {
      if (!sinks.contains(sink)) {
        throw new IllegalArgumentException(
            "route "
                + route.name()
                + " must name known sinks ("
                + String.join(", ", sinks)
                + "), named "
                + sink);
      }
    }
    route.children().forEach(child -> requireKnown(child, sinks));
  }
}
