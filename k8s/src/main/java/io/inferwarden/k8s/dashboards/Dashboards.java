package io.inferwarden.k8s.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All pages, and the files that hold them. */
final class Dashboards {
  static final String OPERATIONS = "operations";
  static final String MODEL = "model";
  static final String SECURITY = "security";

  private Dashboards() {}

  static List<Dashboard> all() {
    return List.of(
        OperationsDashboard.dashboard(), ModelDashboard.dashboard(), SecurityDashboard.dashboard());
  }

  /** What stands in {@code k8s/dashboards}, by the name of the file. */
  static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    all().forEach(page -> files.put(page.name() + ".json", DashboardJson.text(page)));
    return files;
  }

  /** At the head of every page. */
  static List<Link> links(String thisPage) {
    return List.of(
            Link.page("Operations", Dashboard.uid(OPERATIONS)),
            Link.page("Model", Dashboard.uid(MODEL)),
            Link.page("Security", Dashboard.uid(SECURITY)),
            Link.incidents("Open incidents", "open=true"),
            new Link("Runbooks", "${runbooks}/README.md"))
        .stream()
        .filter(link -> !link.url().equals("/d/" + Dashboard.uid(thisPage)))
        .toList();
  }

  /**
   * How many incidents opened within a time. A kind of which a model had none before begins at 1,
   * which {@code increase} does not see; it counts as what it has become.
   *
   * @param labels by which they are counted
   * @param range a duration or a variable that is one
   */
  static String opened(String labels, String range) {
    String counter = "inferwarden_incidents_opened_total{@model}";
    return "sum by (%s) ((%s unless %s offset %s) or increase(%s[%s]))"
        .formatted(labels, counter, counter, range, counter, range);
  }

  /** Marks where incidents opened. */
  static Annotation incidentsOpened() {
    return new Annotation(
        "Incidents",
        Query.expand(opened("kind, model", "2m")) + " > 0",
        Colour.ORANGE,
        "{{kind}}",
        "An incident about {{model}} opened.",
        false);
  }

  /** Marks where the newest release of a model began to answer. */
  static Annotation versions() {
    return new Annotation(
        "Versions",
        Query.expand(
            "max by (model) (inferwarden_model_version_changed_timestamp_seconds{@model}) * 1000"),
        Colour.PURPLE,
        "New version of {{model}}",
        "What answers under this name has changed: a new version or a new digest.",
        true);
  }
}
