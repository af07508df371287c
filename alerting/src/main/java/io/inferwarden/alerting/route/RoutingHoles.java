package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for incidents that page and reach no sink, by sending examples down the tree: of every such
 * kind and severity, about one principal and about many, for a model of which the plan says nothing
 * and for one of each pattern that it names.
 */
final class RoutingHoles {
  /** A name that no pattern but {@code *} is likely to mean. */
  private static final String OTHER_MODEL = "~any-other-model~";

  /** Models enough to find a hole; a plan may name very many. */
  private static final int MOST_MODELS = 50;

  private final RoutingPlan plan;
  private final Node root;

  private RoutingHoles(RoutingPlan plan, Node root) {
    this.plan = plan;
    this.root = root;
  }

  static List<String> of(RoutingPlan plan, Node root) {
    if (plan.sinks().isEmpty()) {
      return List.of("there is no sink, so nobody is told of anything");
    }
    return new RoutingHoles(plan, root).found();
  }

  private List<String> found() {
    Map<String, Set<String>> kindsByExample = new LinkedHashMap<>();
    for (IncidentKind kind : IncidentKind.values()) {
      if (kind.pages() && kind != IncidentKind.DELIVERY_FAILING) {
        String lost = firstLost(kind);
        if (!lost.isEmpty()) {
          kindsByExample.computeIfAbsent(lost, key -> new LinkedHashSet<>()).add(kind.code());
        }
      }
    }
    List<String> warnings = new ArrayList<>();
    kindsByExample.forEach(
        (example, kinds) ->
            warnings.add(
                "nobody is told of "
                    + String.join(", ", kinds)
                    + " "
                    + example
                    + ", though such incidents page; give the root sinks that take what no route"
                    + " means"));
    return warnings;
  }

  /** The gravest example of a kind that reaches no sink, in words; empty where there is none. */
  private String firstLost(IncidentKind kind) {
    Severity[] severities = Severity.values();
    for (String model : models()) {
      for (int i = severities.length - 1; i >= 0; i--) {
        for (boolean hasMembers : new boolean[] {false, true}) {
          if (isLost(example(kind, model, severities[i], hasMembers && kind.accuses()))) {
            return "of severity "
                + severities[i].code()
                + " about "
                + (model.equals(OTHER_MODEL) ? "a model that no route names" : "model " + model);
          }
        }
      }
    }
    return "";
  }

  private boolean isLost(Incident incident) {
    List<Node> nodes = new ArrayList<>();
    root.gather(Facts.of(incident, plan.owners(), plan.environment()), nodes);
    return nodes.stream().allMatch(node -> node.sinks().isEmpty());
  }

  private Set<String> models() {
    Set<String> models = new LinkedHashSet<>();
    models.add(OTHER_MODEL);
    plan.owners().byModel().keySet().forEach(pattern -> models.add(concrete(pattern)));
    for (Node node : root.all()) {
      node.route().match().models().forEach(pattern -> models.add(concrete(pattern)));
    }
    return new LinkedHashSet<>(
        List.copyOf(models).subList(0, Math.min(MOST_MODELS, models.size())));
  }

  private static String concrete(String pattern) {
    return pattern.replace('*', 'x').replace('?', 'x');
  }

  private static Incident example(
      IncidentKind kind, String model, Severity severity, boolean hasMembers) {
    String subject =
        hasMembers ? "campaign:x" : (kind.accuses() ? "principal:x" : "model:" + model);
    List<Member> members = hasMembers ? List.of(new Member("x", 0, 1, 1)) : List.of();
    return new Incident(
        IncidentId.of(subject, model, kind, 0),
        1,
        IncidentState.OPEN,
        Handling.OPENED,
        subject,
        model,
        "",
        kind,
        severity,
        0,
        0,
        0,
        1,
        0,
        1,
        Chance.UNKNOWN,
        List.of(),
        List.of(),
        members,
        members.size(),
        kind.title(),
        kind.title());
  }
}
