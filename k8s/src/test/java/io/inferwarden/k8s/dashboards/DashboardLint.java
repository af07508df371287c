package io.inferwarden.k8s.dashboards;

import static io.inferwarden.k8s.dashboards.DashboardFiles.panels;
import static io.inferwarden.k8s.dashboards.DashboardFiles.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The rules of Grafana's dashboard-linter (grafana/dashboard-linter, docs/index.md) over the JSON
 * of a page, under their names there, and after them rules of provisioning. PromQL is read by
 * patterns: whether it parses, a real Prometheus says in {@link DashboardsIT}.
 */
final class DashboardLint {
  private static final String SOURCE = "${datasource}";

  /** Grafana's identifiers, of those that a page of metrics may need. */
  private static final Set<String> UNITS =
      Set.of(
          "short",
          "none",
          "percent",
          "percentunit",
          "s",
          "ms",
          "bytes",
          "decbytes",
          "Bps",
          "binBps",
          "cps",
          "ops",
          "reqps",
          "eps",
          "mps",
          "recps",
          "dateTimeAsIso",
          "dateTimeFromNow");

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:inferwarden|kafka|jvm|process)_[a-z0-9_]+)(\\{([^}]*)})?");
  private static final Pattern RATE_RANGE = Pattern.compile("\\bi?rate\\([^\\[]*\\[([^\\]]*)]");
  private static final Pattern COUNTER =
      Pattern.compile(
          "(\\w*\\()?([a-z_]+_(?:total|bucket|count|sum))\\{[^}]*}(\\[[^\\]]+])?( unless | offset )?");

  private final JsonNode page;
  private final Map<String, List<String>> findings = new TreeMap<>();

  private DashboardLint(JsonNode page) {
    this.page = page;
  }

  /** What is wrong, by rule; empty for a page that keeps them all. */
  static Map<String, List<String>> findings(JsonNode page) {
    DashboardLint lint = new DashboardLint(page);
    lint.variables();
    lint.allPanels(panels(page));
    panels(page).forEach(lint::targets);
    lint.file();
    lint.places();
    return lint.findings;
  }

  private void require(boolean holds, String rule, String where) {
    if (!holds) {
      findings.computeIfAbsent(rule, any -> new ArrayList<>()).add(where);
    }
  }

  private void variables() {
    List<JsonNode> variables = stream(page.at("/templating/list")).toList();
    List<JsonNode> sources =
        variables.stream().filter(each -> text(each, "type").equals("datasource")).toList();
    require(
        sources.size() == 1
            && text(sources.get(0), "name").equals("datasource")
            && text(sources.get(0), "label").equals("Data Source")
            && text(sources.get(0), "query").equals("prometheus"),
        "template-datasource-rule",
        "one data source");
    choice(variables, "job", "template-job-rule");
    choice(variables, "instance", "template-instance-rule");
    choice(variables, "model", "template-model-rule");
    for (JsonNode variable : variables) {
      if (text(variable, "type").equals("query")) {
        String name = text(variable, "name");
        require(variable.path("refresh").asInt() == 2, "template-on-time-change-reload-rule", name);
        require(
            variable.at("/query/query").asText().matches("label_values\\(.*\\{.+}, [a-z]+\\)"),
            "template-label-promql-rule",
            name);
      }
      require(isUsed(text(variable, "name")), "template-unused", text(variable, "name"));
    }
  }

  private void choice(List<JsonNode> variables, String name, String rule) {
    Optional<JsonNode> found =
        variables.stream().filter(each -> text(each, "name").equals(name)).findFirst();
    require(
        found.isPresent()
            && text(found.get(), "type").equals("query")
            && text(found.get(), "label").equalsIgnoreCase(name)
            && found.get().at("/datasource/uid").asText().equals(SOURCE)
            && found.get().path("multi").asBoolean()
            && found.get().path("includeAll").asBoolean()
            && text(found.get(), "allValue").equals(".+"),
        rule,
        name);
  }

  private boolean isUsed(String variable) {
    String text = page.toString();
    return text.contains("$" + variable) || text.contains("${" + variable + "}");
  }

  private void allPanels(List<JsonNode> panels) {
    for (JsonNode panel : panels) {
      String title = text(panel, "title");
      require(panel.at("/datasource/uid").asText().equals(SOURCE), "panel-datasource-rule", title);
      require(
          !title.isBlank() && text(panel, "description").length() > 20,
          "panel-title-description-rule",
          title);
      require(
          UNITS.contains(panel.at("/fieldConfig/defaults/unit").asText()),
          "panel-units-rule",
          title);
      require(!panel.path("targets").isEmpty(), "panel-no-targets-rule", title);
    }
  }

  private void targets(JsonNode panel) {
    for (JsonNode target : panel.path("targets")) {
      String expression = text(target, "expr");
      String where = text(panel, "title") + ": " + expression;
      require(
          target.at("/datasource/uid").asText().equals(SOURCE), "target-datasource-rule", where);
      require(!text(target, "legendFormat").isBlank(), "target-legend", where);
      require(balanced(expression), "target-promql-rule", where);
      for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
        String matchers = selector.group(3) == null ? "" : selector.group(3);
        require(matchers.contains("job=~\"$job\""), "target-job-rule", where);
        require(matchers.contains("instance=~\"$instance\""), "target-instance-rule", where);
      }
      for (MatchResult range : RATE_RANGE.matcher(expression).results().toList()) {
        require(range.group(1).equals("$__rate_interval"), "target-rate-interval-rule", where);
      }
      for (MatchResult counter : COUNTER.matcher(expression).results().toList()) {
        require(isAggregated(counter), "target-counter-agg-rule", where);
      }
    }
  }

  /**
   * A counter stands in {@code rate} or {@code increase}. One exception: {@code c unless c offset
   * t}, which finds counters that began above 0; {@code increase} does not see how they came there.
   */
  private static boolean isAggregated(MatchResult counter) {
    boolean inFunction =
        counter.group(1) != null
            && counter.group(1).matches("i?rate\\(|increase\\(")
            && counter.group(3) != null;
    return inFunction || counter.group(4) != null;
  }

  private static boolean balanced(String expression) {
    return !expression.isBlank()
        && expression.chars().filter(c -> c == '(').count()
            == expression.chars().filter(c -> c == ')').count()
        && !expression.contains("@");
  }

  private void file() {
    require(!page.path("editable").asBoolean(true), "uneditable-dashboard-rule", "editable");
    require(page.has("id") && page.path("id").isNull(), "provisioning-id", "id");
    require(text(page, "uid").matches("inferwarden-[a-z]{1,28}"), "provisioning-uid", "uid");
    require(!page.has("__inputs") && !page.toString().contains("${DS_"), "provisioning-inputs", "");
    int version = page.path("schemaVersion").asInt();
    require(version >= 39 && version <= 42, "provisioning-schema-version", "" + version);
    require(page.path("graphTooltip").asInt() == 1, "provisioning-tooltip", "graphTooltip");
    require(!page.path("tags").isEmpty(), "provisioning-tags", "tags");
    long ids =
        stream(page.path("panels")).map(panel -> panel.path("id").asInt()).distinct().count();
    require(ids == page.path("panels").size(), "provisioning-panel-ids", "ids");
  }

  /** Nothing overlaps, nothing leaves the grid, and no line has a hole. */
  private void places() {
    int[] filled = new int[10_000];
    for (JsonNode panel : page.path("panels")) {
      JsonNode place = panel.path("gridPos");
      int x = place.path("x").asInt(-1);
      int width = place.path("w").asInt();
      boolean isInside = x >= 0 && width > 0 && x + width <= 24 && place.path("h").asInt() > 0;
      require(isInside, "grid", text(panel, "title"));
      if (!isInside) {
        continue;
      }
      int columns = ((1 << width) - 1) << x;
      for (int i = 0; i < place.path("h").asInt(); i++) {
        int y = place.path("y").asInt() + i;
        require((filled[y] & columns) == 0, "grid", text(panel, "title") + " overlaps");
        filled[y] |= columns;
      }
    }
    int last = filled.length - 1;
    while (last >= 0 && filled[last] == 0) {
      last--;
    }
    for (int y = 0; y <= last; y++) {
      require(filled[y] == (1 << 24) - 1, "grid", "a hole in line " + y);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
