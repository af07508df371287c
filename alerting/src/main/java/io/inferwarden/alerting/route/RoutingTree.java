package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says who is told of an incident. An incident goes down from the root: of a route's children the
 * first that means it takes it, and those after that only where it says so ({@code continue});
 * where none does, the route's own sinks are told. A sink that several routes lead to is told once,
 * by the first of them. Immutable; knows no clock.
 *
 * <p>Kinds that speak of the alerts themselves have rules of their own:
 *
 * <ul>
 *   <li>{@link IncidentKind#TEST} goes to the sinks of the route in its subject {@code route:NAME},
 *       or to the sink in {@code sink:NAME}, and is never held;
 *   <li>{@link IncidentKind#WATCHDOG} goes only where a route names that kind;
 *   <li>{@link IncidentKind#DELIVERY_FAILING} about {@code sink:NAME} never goes to that sink, and
 *       goes to all others where the routes lead to no other;
 *   <li>{@link IncidentKind#DIGEST} is made after routing and so goes nowhere.
 * </ul>
 */
public final class RoutingTree {
  static final String ROUTE_SUBJECT = "route:";
  static final String SINK_SUBJECT = "sink:";

  private final RoutingPlan plan;
  private final Node root;
  private final Holds holds;

  private RoutingTree(RoutingPlan plan) {
    this.plan = plan;
    this.root = Node.root(plan.root());
    this.holds = new Holds(plan);
  }

  public static RoutingTree of(RoutingPlan plan) {
    return new RoutingTree(plan);
  }

  /**
   * Where an incident goes.
   *
   * @param nowMillis the time for silences and maintenance, by the clock, milliseconds since the
   *     epoch
   * @param silences all there are; those that do not hold now are passed over
   * @param open the incidents that may explain this one; those that are over, and this one itself,
   *     are passed over
   * @return each sink at most once, in the order of the tree; those that are not told now have a
   *     {@link Destination#hold}
   */
  public List<Destination> route(
      Incident incident, long nowMillis, Collection<Silence> silences, Collection<Incident> open) {
    return switch (incident.kind()) {
      case DIGEST -> List.of();
      case TEST -> destinationsOfTest(incident.subject());
      default -> destinations(incident, nowMillis, silences, open);
    };
  }

  private List<Destination> destinations(
      Incident incident, long nowMillis, Collection<Silence> silences, Collection<Incident> open) {
    Facts facts = facts(incident);
    List<Node> found = new ArrayList<>();
    root.gather(facts, found);
    Optional<Hold> hold = holds.on(facts, nowMillis, silences, open);
    Map<String, Destination> bySink = new LinkedHashMap<>();
    for (Node node : found) {
      for (String sink : node.sinks()) {
        bySink.computeIfAbsent(sink, name -> destination(name, node, facts, hold));
      }
    }
    if (incident.kind() == IncidentKind.DELIVERY_FAILING) {
      tellOthers(incident.subject(), bySink, hold);
    }
    if (incident.kind() != IncidentKind.WATCHDOG) {
      tellAlways(incident.subject(), bySink);
    }
    return List.copyOf(bySink.values());
  }

  private void tellAlways(String subject, Map<String, Destination> bySink) {
    for (String sink : plan.always()) {
      if (!subject.equals(SINK_SUBJECT + sink)) {
        bySink.put(
            sink,
            plainDestination(sink, "", Optional.empty(), "sink " + sink + " is told everything"));
      }
    }
  }

  private static Destination destination(String sink, Node node, Facts facts, Optional<Hold> hold) {
    boolean grouped = !facts.kind().isOfDelivery() && node.group().isPresent();
    List<String> because = new ArrayList<>(node.because());
    hold.ifPresent(held -> because.add(held.because()));
    return new Destination(
        sink,
        node.path(),
        node.repeat(),
        grouped ? node.group().get().group(node.path(), facts) : "",
        grouped ? node.group().get().longestWait().toMillis() : 0,
        hold,
        because);
  }

  /** Nobody is told through a sink that it fails; somebody must be. */
  private void tellOthers(String subject, Map<String, Destination> bySink, Optional<Hold> hold) {
    bySink.keySet().removeIf(sink -> subject.equals(SINK_SUBJECT + sink));
    if (bySink.isEmpty()) {
      for (String sink : plan.sinks()) {
        if (!subject.equals(SINK_SUBJECT + sink)) {
          bySink.put(
              sink,
              plainDestination(
                  sink,
                  root.path(),
                  hold,
                  "the routes lead to no sink that works, so all are told"));
        }
      }
    }
  }

  private List<Destination> destinationsOfTest(String subject) {
    if (subject.startsWith(SINK_SUBJECT)) {
      String sink = subject.substring(SINK_SUBJECT.length());
      return plan.sinks().contains(sink) || plan.always().contains(sink)
          ? List.of(
              plainDestination(sink, "", Optional.empty(), "the test is for the sink " + sink))
          : List.of();
    }
    if (!subject.startsWith(ROUTE_SUBJECT)) {
      return List.of();
    }
    return node(subject.substring(ROUTE_SUBJECT.length()))
        .map(
            node ->
                node.sinks().stream()
                    .map(
                        sink ->
                            plainDestination(
                                sink,
                                node.path(),
                                Optional.empty(),
                                "the test is for the route " + node.path()))
                    .toList())
        .orElse(List.of());
  }

  private static Destination plainDestination(
      String sink, String route, Optional<Hold> hold, String because) {
    return new Destination(sink, route, Optional.empty(), "", 0, hold, List.of(because));
  }

  /** What the plan means, in plain words, one line each. */
  public List<String> explain() {
    return RoutingExplanation.of(plan, root);
  }

  /**
   * Which routes an incident is put to, and what each of them says, one line each. What holds it
   * back is not among them; see {@link #route}.
   */
  public List<String> explain(Incident incident) {
    return switch (incident.kind()) {
      case DIGEST -> List.of("a digest is made after routing, and so takes no route");
      case TEST -> List.of("a test goes to the sinks that its subject names, on no other way");
      default -> RoutingExplanation.way(root, facts(incident));
    };
  }

  /**
   * What is valid but seldom meant, one line each: incidents that page and reach no sink, routes
   * that nothing reaches, sinks that no route leads to, windows that are over.
   */
  public List<String> warnings(long nowMillis) {
    return RoutingWarnings.of(plan, root, nowMillis);
  }

  /**
   * The sinks of a route, such as {@code alerts test} would send to.
   *
   * @param name its path from the root, with or without the root's name, or its own name where only
   *     one route has it
   * @return empty when there is no such route
   */
  public Optional<List<String>> sinksOfRoute(String name) {
    return node(name).map(Node::sinks);
  }

  /** The paths of all routes, parents before children. */
  public List<String> routes() {
    return root.all().stream().map(Node::path).toList();
  }

  /**
   * Whether the incident could hide others, so that it belongs among the open ones that {@link
   * #route} is given.
   */
  public boolean mayInhibit(Incident incident) {
    return holds.mayInhibit(facts(incident));
  }

  private Optional<Node> node(String name) {
    List<Node> nodes = root.all();
    for (Node node : nodes) {
      if (node.path().equals(name) || node.path().equals(root.path() + "/" + name)) {
        return Optional.of(node);
      }
    }
    List<Node> named = nodes.stream().filter(node -> node.route().name().equals(name)).toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  private Facts facts(Incident incident) {
    return Facts.of(incident, plan.owners(), plan.environment());
  }
}
