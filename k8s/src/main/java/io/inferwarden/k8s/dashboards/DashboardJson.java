package io.inferwarden.k8s.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Pages in Grafana's classic JSON (v1), as files are provisioned: without an id of its own, without
 * inputs to be asked for, and the same text for the same page.
 */
final class DashboardJson {
  private static final int SCHEMA_VERSION = 39;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The same ends of lines on every machine. */
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private DashboardJson() {}

  static String text(Dashboard dashboard) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(INDENTER);
    printer.indentArraysWith(INDENTER);
    try {
      return MAPPER.writer(printer).writeValueAsString(json(dashboard)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  private static ObjectNode json(Dashboard dashboard) {
    ObjectNode json = JSON.objectNode();
    json.putNull("id");
    json.put("uid", dashboard.uid());
    json.put("title", dashboard.title());
    json.put("description", dashboard.description());
    json.putArray("tags").add("inferwarden");
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("version", 1);
    json.put("editable", false);
    json.put("graphTooltip", 1);
    json.put("timezone", "browser");
    json.put("refresh", "30s");
    json.put("fiscalYearStartMonth", 0);
    json.put("weekStart", "");
    json.putObject("time").put("from", "now-6h").put("to", "now");
    json.putObject("timepicker");
    json.putObject("annotations").set("list", annotations(dashboard.annotations()));
    json.set("links", links(dashboard.links()));
    json.putObject("templating").set("list", variables(dashboard.variables()));
    json.set("panels", panels(dashboard.rows()));
    return json;
  }

  private static ArrayNode annotations(List<Annotation> annotations) {
    ArrayNode list = JSON.arrayNode();
    for (Annotation annotation : annotations) {
      ObjectNode json = list.addObject();
      json.put("name", annotation.name());
      json.set("datasource", PanelJson.source());
      json.put("enable", true);
      json.put("hide", false);
      json.put("iconColor", annotation.colour().code());
      json.put("expr", annotation.expression());
      json.put("step", "60s");
      json.put("titleFormat", annotation.title());
      json.put("textFormat", annotation.text());
      json.put("tagKeys", "");
      json.put("useValueForTime", annotation.valueIsTime());
    }
    return list;
  }

  private static ArrayNode links(List<Link> links) {
    ArrayNode list = JSON.arrayNode();
    for (Link link : links) {
      boolean isPage = link.url().startsWith("/d/");
      ObjectNode json = PanelJson.link(link);
      json.put("targetBlank", !isPage);
      json.put("icon", isPage ? "dashboard" : "external link");
      json.put("tooltip", link.title());
      json.put("includeVars", isPage);
      json.put("keepTime", isPage);
      json.put("asDropdown", false);
      json.putArray("tags");
      list.add(json);
    }
    return list;
  }

  private static ArrayNode variables(List<Variable> variables) {
    ArrayNode list = JSON.arrayNode();
    for (Variable variable : variables) {
      ObjectNode json = list.addObject();
      json.put("name", variable.name());
      json.put("label", variable.label());
      json.put("hide", 0);
      json.put("skipUrlSync", false);
      switch (variable.kind()) {
        case DATA_SOURCE -> dataSource(json, variable);
        case CHOICE -> choice(json, variable);
        case TEXT -> text(json, variable);
      }
    }
    return list;
  }

  private static void dataSource(ObjectNode json, Variable variable) {
    json.put("type", "datasource");
    json.put("query", variable.content());
    json.put("regex", "");
    json.put("refresh", 1);
    json.put("multi", false);
    json.put("includeAll", false);
    json.putObject("current");
    json.putArray("options");
  }

  private static void choice(ObjectNode json, Variable variable) {
    json.put("type", "query");
    json.set("datasource", PanelJson.source());
    json.put("definition", variable.content());
    json.putObject("query").put("query", variable.content()).put("refId", variable.name());
    json.put("regex", "");
    json.put("refresh", 2); // also when the time changes
    json.put("sort", 1);
    json.put("multi", true);
    json.put("includeAll", true);
    json.put("allValue", ".+");
    ObjectNode current = json.putObject("current");
    current.put("selected", true);
    current.putArray("text").add("All");
    current.putArray("value").add("$__all");
    json.putArray("options");
  }

  private static void text(ObjectNode json, Variable variable) {
    json.put("type", "textbox");
    json.put("query", variable.content());
    ObjectNode current = json.putObject("current");
    current.put("selected", true).put("text", variable.content()).put("value", variable.content());
    ObjectNode option = json.putArray("options").addObject();
    option.put("selected", true).put("text", variable.content()).put("value", variable.content());
  }

  private static ArrayNode panels(List<Row> rows) {
    ArrayNode panels = JSON.arrayNode();
    for (Layout.PlacedRow row : Layout.place(rows)) {
      panels.add(PanelJson.row(panels.size() + 1, row));
      row.panels().forEach(panel -> panels.add(PanelJson.panel(panels.size() + 1, panel)));
    }
    return panels;
  }
}
