package io.inferwarden.alerting.route;

import io.inferwarden.alerting.IncidentKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A route with what it takes from its parents.
 *
 * @param route the route
 * @param path its name and those of its parents, from the root, joined by {@code /}
 * @param sinks its own, or those of the nearest parent that has some
 * @param repeat likewise
 * @param group likewise
 * @param because why an incident that gets here got here, in plain words
 * @param namesWatchdog whether it or a parent names the kind watchdog
 * @param leadsToWatchdog whether it or a route below it names the kind watchdog
 * @param children the nodes below it
 */
record Node(
    Route route,
    String path,
    List<String> sinks,
    Optional<Duration> repeat,
    Optional<Grouping> group,
    List<String> because,
    boolean namesWatchdog,
    boolean leadsToWatchdog,
    List<Node> children) {

  static Node root(Route route) {
    return of(
        route,
        new Node(
            route,
            "",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            false,
            List.of()));
  }

  private static Node of(Route route, Node parent) {
    String path = parent.path.isEmpty() ? route.name() : parent.path + "/" + route.name();
    List<String> because = new ArrayList<>(parent.because);
    because.add("route " + path + " takes " + route.match().inWords());
    boolean names = route.match().kinds().contains(IncidentKind.WATCHDOG);
    Node bare =
        new Node(
            route,
            path,
            route.sinks().isEmpty() ? parent.sinks : route.sinks(),
            route.repeat().or(parent::repeat),
            route.group().or(parent::group),
            List.copyOf(because),
            names || parent.namesWatchdog,
            names,
            List.of());
    List<Node> children = route.children().stream().map(child -> of(child, bare)).toList();
    return new Node(
        route,
        path,
        bare.sinks,
        bare.repeat,
        bare.group,
        bare.because,
        bare.namesWatchdog,
        names || children.stream().anyMatch(Node::leadsToWatchdog),
        children);
  }

  /**
   * Gathers the deepest nodes that mean the incident, in order.
   *
   * @return whether any does
   */
  boolean gather(Facts facts, List<Node> found) {
    boolean isWatchdog = facts.kind() == IncidentKind.WATCHDOG;
    if ((isWatchdog && !namesWatchdog && !leadsToWatchdog) || !route.match().matches(facts)) {
      return false;
    }
    boolean deeper = false;
    for (Node child : children) {
      if (child.gather(facts, found)) {
        deeper = true;
        if (!child.route.continues()) {
          return true;
        }
      }
    }
    if (deeper) {
      return true;
    }
    if (isWatchdog && !namesWatchdog) {
      return false;
    }
    found.add(this);
    return true;
  }

  /** This node and all below it, parents before children. */
  List<Node> all() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(this);
    children.forEach(child -> nodes.addAll(child.all()));
    return nodes;
  }
}
