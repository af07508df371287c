package io.inferwarden.alerting.route;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node of the tree that says who is told. An incident goes down to the deepest route that means
 * it: where a child does, the route's own sinks are not used.
 *
 * @param name unlike that of its siblings
 * @param match which incidents it means, of those that its parent means
 * @param sinks who is told; empty to take those of the parent
 * @param continues whether the siblings after it are asked as well
 * @param repeat how often to remind of an incident that nobody has acknowledged; empty to take that
 *     of the parent
 * @param group how its notifications are grouped; empty to take that of the parent
 * @param children the routes below it, asked in order
 */
public record Route(
    String name,
    Match match,
    List<String> sinks,
    boolean continues,
    Optional<Duration> repeat,
    Optional<Grouping> group,
    List<Route> children) {
  /** What the name of a route, a sink or a window looks like. */
  public static final String NAME_PATTERN = "[A-Za-z0-9._-]{1,60}";

  public static final String NAME_IN_WORDS = "1 to 60 letters, digits, '.', '_' and '-'";

  /** The name of the root. */
  public static final String ROOT = "root";

  /** How often a reminder may come at most. */
  public static final Duration SHORTEST_REPEAT = Duration.ofMinutes(1);

  public Route {
    RouteChecks.named("name of a route", name);
    sinks = List.copyOf(RouteChecks.ordered(sinks));
    sinks.forEach(sink -> RouteChecks.named("sinks of route " + name, sink));
    repeat.ifPresent(
        interval -> {
          if (interval.compareTo(SHORTEST_REPEAT) < 0) {
            throw new IllegalArgumentException(
                "repeat of route " + name + " must be >= 1m, was " + SpanText.of(interval));
          }
        });
    children = List.copyOf(children);
    Set<String> names = new HashSet<>();
    for (Route child : children) {
      if (!names.add(child.name())) {
        throw new IllegalArgumentException(
            "routes of " + name + " must have different names, twice was " + child.name());
      }
    }
  }

  /** The tree that holds where none is given: every sink is told everything. */
  public static Route everythingTo(Collection<String> sinks) {
    return new Route(
        ROOT,
        Match.ANYTHING,
        List.copyOf(sinks),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
