package io.inferwarden.alerting.route;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One sink that an incident goes to.
 *
 * @param sink the name of the sink
 * @param route the names of the routes that lead to it, from the root, joined by {@code /}
 * @param repeat how often to remind of it, while it is open and nobody has acknowledged it
 * @param group what it may be told together with; empty for nothing
 * @param groupWaitMillis how long to wait for others of the group, milliseconds
 * @param hold why the sink is not told now; empty when it is. A sink that was told of the incident
 *     before should still be told that it is over
 * @param because how it came to be, in plain words
 */
public record Destination(
    String sink,
    String route,
    Optional<Duration> repeat,
    String group,
    long groupWaitMillis,
    Optional<Hold> hold,
    List<String> because) {
  public Destination {
    because = List.copyOf(because);
  }
}
