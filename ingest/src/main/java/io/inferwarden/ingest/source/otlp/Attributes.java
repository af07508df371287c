package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes by name, whatever they were encoded in. The first of a name counts. */
final class Attributes {
  static final Attributes NONE = new Attributes(Map.of());

  private final Map<String, JsonNode> values;

  private Attributes(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** These values, which are not copied. */
  static Attributes of(Map<String, JsonNode> values) {
    return values.isEmpty() ? NONE : new Attributes(values);
  }

  /** The value, or a missing node. */
  JsonNode value(String name) {
    return values.getOrDefault(name, MissingNode.getInstance());
  }

  /** The value of the first of these names that has one, or a missing node. */
  JsonNode firstValue(List<String> names) {
    for (String name : names) {
      JsonNode value = values.get(name);
      if (value != null && !isEmpty(value)) {
        return value;
      }
    }
    return MissingNode.getInstance();
  }

  /** The value as text; empty when there is none, or it is no scalar. */
  String text(String name) {
    return value(name).asText("");
  }

  /** The text of the first of these names that has some, or an empty string. */
  String firstText(List<String> names) {
    for (String name : names) {
      String text = text(name);
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean hasAny(List<String> names) {
    return !firstValue(names).isMissingNode();
  }

  /** These attributes, and the fields of an object where they say nothing. */
  Attributes orElse(JsonNode fallback) {
    if (!fallback.isObject() || fallback.isEmpty()) {
      return this;
    }
    Map<String, JsonNode> all = new HashMap<>(values);
    fallback.properties().forEach(field -> all.putIfAbsent(field.getKey(), field.getValue()));
    return new Attributes(all);
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.textValue().isEmpty());
  }
}
