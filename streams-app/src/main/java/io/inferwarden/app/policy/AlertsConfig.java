package io.inferwarden.app.policy;

import io.inferwarden.alerting.route.RoutingPlan;
import io.inferwarden.alerting.route.RoutingTree;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is told of incidents, and of which.
 *
 * @param linkBase address of the console that incidents are linked to
 * @param allow destinations that are private on purpose: host names, addresses and CIDRs
 * @param watchdog how often an incident of the kind {@code watchdog} is told; empty for never
 * @param sinks who can be told; their names are unique
 * @param plan who is told of what; knows exactly these sinks, and beside them the file of incidents
 */
public record AlertsConfig(
    Optional<URI> linkBase,
    List<String> allow,
    Optional<Duration> watchdog,
    List<SinkConfig> sinks,
    RoutingPlan plan) {
  static final Rule<Duration> WATCHDOG =
      value ->
          Rule.unless(
              value.compareTo(Duration.ofSeconds(10)) >= 0 && value.compareTo(Rule.DAY) <= 0,
              "must be from 10s to 24h, was " + DurationText.format(value));

  private static final AlertsConfig NONE =
      new AlertsConfig(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          RoutingPlan.everythingTo(List.of()).withAlways(List.of(RunConfig.Incidents.SINK)));

  public AlertsConfig {
    allow = List.copyOf(allow);
    watchdog.ifPresent(interval -> WATCHDOG.require("watchdog", interval));
    sinks = List.copyOf(sinks);
    Set<String> names = new LinkedHashSet<>();
    for (SinkConfig sink : sinks) {
      if (!names.add(sink.name())) {
        throw new IllegalArgumentException("sinks must have different names, twice " + sink.name());
      }
    }
    if (!names.equals(plan.sinks())) {
      throw new IllegalArgumentException(
          "plan must know the sinks " + names + ", knew " + plan.sinks());
    }
  }

  /** Nobody is told; incidents stand in their file. */
  public static AlertsConfig none() {
    return NONE;
  }

  /** The sinks whose receivers forget what they are not told again. */
  public Set<String> refreshed() {
    return sinks.stream()
        .filter(sink -> sink.target() instanceof SinkTarget.Alertmanager)
        .map(SinkConfig::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The tree that routes incidents. */
  public RoutingTree tree() {
    return RoutingTree.of(plan);
  }

  /** What it means, in plain words, one line each. */
  public List<String> explain() {
    return AlertsExplanation.of(this);
  }

  /** What is valid but seldom meant, one line each. */
  public List<String> warnings(Instant now) {
    List<String> warnings = new ArrayList<>(tree().warnings(now.toEpochMilli()));
    if (watchdog.isPresent() && !AlertsExplanation.namesWatchdog(plan.root())) {
      warnings.add(
          "alerts.watchdog is set, and no route names the kind watchdog, so nobody would miss it;"
              + " add a route with match: {kinds: watchdog} to the sink that does");
    }
    return List.copyOf(warnings);
  }
}
