package io.inferwarden.app.alert;

import io.inferwarden.alerting.route.RoutingPlan;
import io.inferwarden.alerting.route.RoutingTree;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How incidents find their way to sinks. The same on all instances.
 *
 * @param tree which sinks are told of which incidents
 * @param sinks the names of all sinks; without any, nothing is routed
 * @param refreshed the sinks whose receivers forget what they are not told again
 * @param watchdog how often the watchdog is told; empty for never
 * @param silenced hears the sink of each notification that is held back
 */
public record AlertRouting(
    RoutingTree tree,
    Set<String> sinks,
    Set<String> refreshed,
    Optional<Duration> watchdog,
    Consumer<String> silenced) {
  public AlertRouting {
    sinks = Set.copyOf(sinks);
    refreshed = Set.copyOf(refreshed);
    watchdog.ifPresent(
        interval -> {
          if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("watchdog must be >= 1 ms, was " + interval);
          }
        });
  }

  /** Nobody is told of anything, as in a backtest. */
  public static AlertRouting none() {
    return new AlertRouting(
        RoutingTree.of(RoutingPlan.everythingTo(Set.of())),
        Set.of(),
        Set.of(),
        Optional.empty(),
        sink -> {});
  }

  /** Whether there is anybody to tell. */
  public boolean hasSinks() {
    return !sinks.isEmpty();
  }

  public boolean isRefreshed(String sink) {
    return refreshed.contains(sink);
  }

  /** Counts a notification that is held back. */
  public void countSilenced(String sink) {
    silenced.accept(sink);
  }
}
