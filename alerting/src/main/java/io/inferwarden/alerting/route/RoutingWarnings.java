package io.inferwarden.alerting.route;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is valid in a plan but seldom meant. */
final class RoutingWarnings {
  private final RoutingPlan plan;
  private final Node root;
  private final List<String> warnings = new ArrayList<>();

  private RoutingWarnings(RoutingPlan plan, Node root) {
    this.plan = plan;
    this.root = root;
  }

  static List<String> of(RoutingPlan plan, Node root, long nowMillis) {
    RoutingWarnings found = new RoutingWarnings(plan, root);
    found.noteHoles();
    found.noteUnreachable(root, Match.ANYTHING);
    for (Node node : root.all()) {
      found.noteUnmeant("route " + node.path(), node.route().match());
      found.noteUnheardEnd(node);
    }
    found.noteUnusedSinks();
    found.noteMaintenance(nowMillis);
    for (Inhibition rule : plan.inhibitions()) {
      found.noteUnmeant("inhibition \"" + rule.reason() + "\", source", rule.source());
      found.noteUnmeant("inhibition \"" + rule.reason() + "\", target", rule.target());
    }
    return List.copyOf(found.warnings);
  }

  private void noteHoles() {
    warnings.addAll(RoutingHoles.of(plan, root));
  }

  private void noteUnreachable(Node node, Match above) {
    List<Node> before = new ArrayList<>();
    for (Node child : node.children()) {
      Match match = child.route().match();
      if (!MatchLogic.mayShare(above, match) || !MatchLogic.mayShare(node.route().match(), match)) {
        warnings.add(
            "route "
                + child.path()
                + " is never reached: no incident is both "
                + node.route().match().inWords()
                + " and "
                + match.inWords());
      } else if (!match.kinds().contains(IncidentKind.WATCHDOG)) {
        before.stream()
            .filter(earlier -> !earlier.route().continues())
            .filter(earlier -> MatchLogic.covers(earlier.route().match(), match))
            .findFirst()
            .ifPresent(
                earlier ->
                    warnings.add(
                        "route "
                            + child.path()
                            + " is never reached: "
                            + earlier.path()
                            + " before it takes whatever it means; put it first, or set continue:"
                            + " true there"));
      }
      before.add(child);
      noteUnreachable(child, node.route().match());
    }
  }

  private void noteUnmeant(String where, Match match) {
    if (MatchLogic.kinds(match).isEmpty()) {
      warnings.add(where + " means no incident: no kind is " + match.inWords());
    }
    for (IncidentKind kind : match.kinds()) {
      if (kind == IncidentKind.DIGEST || kind == IncidentKind.TEST) {
        warnings.add(
            where + " names the kind " + kind.code() + ", which takes no route of its own");
      }
    }
    if (!match.environments().isEmpty() && !match.environments().contains(plan.environment())) {
      warnings.add(
          where
              + " means only the environment "
              + String.join(" or ", match.environments())
              + ", and this deployment's is "
              + (plan.environment().isEmpty() ? "not given" : plan.environment()));
    }
    Set<String> strangers = new TreeSet<>(match.owners());
    strangers.removeAll(plan.owners().all());
    if (!strangers.isEmpty()) {
      warnings.add(where + " names owners of no model: " + String.join(", ", strangers));
    }
  }

  /** Whoever is told that something began, and not that it is over, has to ask. */
  private void noteUnheardEnd(Node node) {
    Match match = node.route().match();
    Set<IncidentChange> changes = match.changes();
    Set<IncidentState> states = match.states();
    boolean hearsBegin = changes.isEmpty() || changes.contains(IncidentChange.OPENED);
    boolean hearsEnd =
        (changes.isEmpty() || changes.contains(IncidentChange.RESOLVED))
            && (states.isEmpty() || states.contains(IncidentState.RESOLVED));
    if (hearsBegin && !hearsEnd) {
      warnings.add(
          "route "
              + node.path()
              + " takes incidents that begin, not those that are resolved; its sinks hear of the"
              + " end only as those who were told before");
    }
  }

  private void noteUnusedSinks() {
    Set<String> used = new HashSet<>();
    root.all().forEach(node -> used.addAll(node.route().sinks()));
    for (String sink : plan.sinks()) {
      if (!used.contains(sink)) {
        warnings.add("sink " + sink + " is told nothing: no route leads to it");
      }
    }
  }

  private void noteMaintenance(long nowMillis) {
    for (MaintenanceWindow window : plan.maintenance()) {
      noteUnmeant("maintenance " + window.name(), window.match());
      if (window.schedule().isOver(nowMillis)) {
        warnings.add(
            "maintenance "
                + window.name()
                + " ("
                + window.schedule().inWords()
                + ") is over and can go");
      }
    }
  }
}
