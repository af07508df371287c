package io.inferwarden.k8s.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Panels in Grafana's classic JSON. */
final class PanelJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PanelJson() {}

  static ObjectNode row(int id, Layout.PlacedRow row) {
    ObjectNode json = JSON.objectNode();
    json.put("id", id);
    json.put("type", "row");
    json.put("title", row.title());
    json.put("collapsed", false);
    json.set("gridPos", place(row.place()));
    json.putArray("panels");
    return json;
  }

  static ObjectNode panel(int id, Layout.PlacedPanel placed) {
    Panel panel = placed.panel();
    ObjectNode json = JSON.objectNode();
    json.put("id", id);
    json.put("type", panel.view().code());
    json.put("title", panel.title());
    json.put("description", panel.description());
    json.set("datasource", source());
    json.set("gridPos", place(placed.place()));
    ArrayNode links = json.putArray("links");
    panel.links().stream()
        .filter(link -> !link.isOfSeries())
        .forEach(link -> links.add(link(link)));
    ArrayNode targets = json.putArray("targets");
    for (int i = 0; i < panel.queries().size(); i++) {
      targets.add(target((char) ('A' + i), panel.queries().get(i)));
    }
    ObjectNode fields = json.putObject("fieldConfig");
    fields.set("defaults", defaults(panel));
    fields.set("overrides", overrides(panel.look().accents()));
    json.set("options", options(panel));
    return json;
  }

  static ObjectNode source() {
    return JSON.objectNode().put("type", "prometheus").put("uid", "${datasource}");
  }

  static ObjectNode link(Link link) {
    ObjectNode json = JSON.objectNode();
    json.put("title", link.title());
    json.put("type", "link");
    json.put("url", link.url());
    json.put("targetBlank", true);
    return json;
  }

  private static ObjectNode ofSeries(Link link) {
    ObjectNode json = JSON.objectNode();
    json.put("title", link.title());
    json.put("url", link.url());
    json.put("targetBlank", true);
    return json;
  }

  private static ObjectNode place(Layout.Place place) {
    ObjectNode json = JSON.objectNode();
    json.put("x", place.x());
    json.put("y", place.y());
    json.put("w", place.width());
    json.put("h", place.height());
    return json;
  }

  private static ObjectNode target(char name, Query query) {
    ObjectNode json = JSON.objectNode();
    json.put("refId", String.valueOf(name));
    json.set("datasource", source());
    json.put("editorMode", "code");
    json.put("expr", query.expression());
    json.put("legendFormat", query.legend());
    json.put("instant", query.latestOnly());
    json.put("range", !query.latestOnly());
    return json;
  }

  private static ObjectNode defaults(Panel panel) {
    Look look = panel.look();
    ObjectNode json = JSON.objectNode();
    json.put("unit", panel.unit().code());
    look.minimum().ifPresent(minimum -> json.put("min", minimum));
    look.maximum().ifPresent(maximum -> json.put("max", maximum));
    json.set("color", colour(panel));
    json.set("thresholds", thresholds(look));
    json.set("mappings", mappings(look.words()));
    ArrayNode links = json.putArray("links");
    panel.links().stream().filter(Link::isOfSeries).forEach(link -> links.add(ofSeries(link)));
    if (panel.view() == View.TIME_SERIES) {
      json.set("custom", drawing(look));
    }
    return json;
  }

  private static ObjectNode colour(Panel panel) {
    boolean bySeries = panel.view() == View.TIME_SERIES;
    return JSON.objectNode().put("mode", bySeries ? "palette-classic" : "thresholds");
  }

  private static ObjectNode thresholds(Look look) {
    ObjectNode json = JSON.objectNode();
    json.put("mode", "absolute");
    ArrayNode steps = json.putArray("steps");
    steps.addObject().put("color", look.base().code()).putNull("value");
    look.steps()
        .forEach(
            step -> steps.addObject().put("color", step.colour().code()).put("value", step.from()));
    return json;
  }

  private static ArrayNode mappings(List<Look.Word> words) {
    ArrayNode mappings = JSON.arrayNode();
    if (words.isEmpty()) {
      return mappings;
    }
    ObjectNode options = mappings.addObject().put("type", "value").putObject("options");
    words.forEach(
        word ->
            options
                .putObject(String.valueOf(word.value()))
                .put("text", word.word())
                .put("color", word.colour().code()));
    return mappings;
  }

  private static ObjectNode drawing(Look look) {
    ObjectNode json = JSON.objectNode();
    json.put("drawStyle", "line");
    json.put("lineWidth", 1);
    json.put("fillOpacity", look.stacked() ? 25 : 8);
    json.put("showPoints", "auto");
    json.put("spanNulls", false);
    json.putObject("stacking").put("mode", look.stacked() ? "normal" : "none").put("group", "A");
    json.putObject("thresholdsStyle").put("mode", look.steps().isEmpty() ? "off" : "dashed");
    return json;
  }

  private static ArrayNode overrides(List<Look.Accent> accents) {
    ArrayNode overrides = JSON.arrayNode();
    for (Look.Accent accent : accents) {
      ObjectNode override = overrides.addObject();
      override
          .putObject("matcher")
          .put("id", "byRegexp")
          .put("options", "/" + accent.series() + "/");
      ArrayNode properties = override.putArray("properties");
      ObjectNode colour = properties.addObject().put("id", "color").putObject("value");
      colour.put("mode", "fixed").put("fixedColor", accent.colour().code());
      if (accent.isDashed()) {
        ObjectNode style = properties.addObject().put("id", "custom.lineStyle").putObject("value");
        style.put("fill", "dash").putArray("dash").add(10).add(10);
        properties.addObject().put("id", "custom.fillOpacity").put("value", 0);
        properties
            .addObject()
            .put("id", "custom.stacking")
            .putObject("value")
            .put("mode", "none")
            .put("group", "A");
      }
    }
    return overrides;
  }

  private static ObjectNode options(Panel panel) {
    ObjectNode json = JSON.objectNode();
    if (panel.view() == View.TIME_SERIES) {
      ObjectNode legend = json.putObject("legend");
      legend.put("displayMode", "table").put("placement", "bottom").put("showLegend", true);
      legend.putArray("calcs").add("lastNotNull").add("max");
      json.putObject("tooltip").put("mode", "multi").put("sort", "desc");
      return json;
    }
    ObjectNode reduce = json.putObject("reduceOptions");
    reduce.putArray("calcs").add("lastNotNull");
    reduce.put("fields", "").put("values", false);
    if (panel.view() == View.FIGURE) {
      json.put("colorMode", "value");
      json.put("graphMode", "none");
      json.put("justifyMode", "auto");
      json.put("textMode", panel.look().named() ? "name" : "auto");
    } else {
      json.put("displayMode", "basic");
      json.put("showUnfilled", true);
    }
    json.put("orientation", "horizontal");
    return json;
  }
}
