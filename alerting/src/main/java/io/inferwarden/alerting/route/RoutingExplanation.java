package io.inferwarden.alerting.route;

import io.inferwarden.alerting.IncidentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in plain words what a plan means, and which way an incident takes. */
final class RoutingExplanation {
  private static final String STEP = "  ";

  private RoutingExplanation() {}

  static List<String> of(RoutingPlan plan, Node root) {
    List<String> lines = new ArrayList<>();
    if (!plan.environment().isEmpty()) {
      lines.add("environment: " + plan.environment());
    }
    plan.owners()
        .byModel()
        .forEach((model, owner) -> lines.add("owners: " + owner + " answers for " + model));
    describe(root, "", lines);
    for (String sink : plan.always()) {
      lines.add("sink " + sink + ": is told everything beside the routes, also what is held");
    }
    for (MaintenanceWindow window : plan.maintenance()) {
      lines.add(
          "maintenance "
              + window.name()
              + ": "
              + window.schedule().inWords()
              + ", nobody is told of "
              + window.match().inWords()
              + ", because: "
              + window.reason());
    }
    for (Inhibition rule : plan.inhibitions()) {
      lines.add("inhibit: " + rule.inWords() + ", because: " + rule.reason());
    }
    return List.copyOf(lines);
  }

  private static void describe(Node node, String indent, List<String> lines) {
    Route route = node.route();
    boolean isLeaf = node.children().isEmpty();
    String who = node.sinks().isEmpty() ? "nobody" : String.join(", ", node.sinks());
    lines.add(
        indent
            + "route "
            + route.name()
            + ": "
            + route.match().inWords()
            + (isLeaf ? " goes to " : ", where no route below takes it, goes to ")
            + who
            + node.repeat()
                .map(span -> "; again every " + SpanText.of(span) + " until someone acknowledges")
                .orElse("")
            + node.group().map(group -> "; " + group.inWords()).orElse("")
            + (route.continues() ? "; the routes after it are asked as well" : ""));
    node.children().forEach(child -> describe(child, indent + STEP, lines));
  }

  /** Which routes an incident was put to, and what each said. */
  static List<String> way(Node root, Facts facts) {
    List<String> lines = new ArrayList<>();
    walk(root, facts, "", lines);
    return List.copyOf(lines);
  }

  private static boolean walk(Node node, Facts facts, String indent, List<String> lines) {
    Optional<String> mismatch = mismatch(node, facts);
    String name = indent + "route " + node.route().name();
    if (mismatch.isPresent()) {
      lines.add(name + " does not take it: " + mismatch.get());
      return false;
    }
    int own = lines.size();
    lines.add(name);
    boolean deeper = false;
    for (Node child : node.children()) {
      if (walk(child, facts, indent + STEP, lines)) {
        deeper = true;
        if (!child.route().continues()) {
          break;
        }
      }
    }
    boolean takes = deeper || !isUnnamedWatchdog(node, facts);
    lines.set(own, name + " " + verdict(node, deeper, takes));
    return takes;
  }

  private static String verdict(Node node, boolean deeper, boolean takes) {
    String meaning = node.route().match().inWords();
    if (deeper) {
      return "takes it (" + meaning + ") and leads it on";
    }
    if (!takes) {
      return "does not take it: only routes that name the kind watchdog do";
    }
    return "takes it ("
        + meaning
        + "): "
        + (node.sinks().isEmpty() ? "no sink" : String.join(", ", node.sinks()));
  }

  private static Optional<String> mismatch(Node node, Facts facts) {
    if (isUnnamedWatchdog(node, facts) && !node.leadsToWatchdog()) {
      return Optional.of("only routes that name the kind watchdog do");
    }
    return MatchWords.mismatch(node.route().match(), facts);
  }

  private static boolean isUnnamedWatchdog(Node node, Facts facts) {
    return facts.kind() == IncidentKind.WATCHDOG && !node.namesWatchdog();
  }
}
