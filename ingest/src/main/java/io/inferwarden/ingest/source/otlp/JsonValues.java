package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.util.HashMap;
import java.util.Map;

/** Turns values of OTLP's JSON into neutral ones. */
final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonValues() {}

  static Attributes attributes(JsonNode list) {
    if (list.isEmpty()) {
      return Attributes.NONE;
    }
    Map<String, JsonNode> values = new HashMap<>(2 * list.size());
    for (JsonNode attribute : list) {
      values.putIfAbsent(attribute.path("key").asText(""), value(attribute.path("value")));
    }
    return Attributes.of(values);
  }

  /** A value; its depth is that of the document, which the parser has bounded. */
  static JsonNode value(JsonNode value) {
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode content = field.getValue();
      switch (field.getKey()) {
        case "stringValue", "boolValue" -> {
          return content;
        }
        case "intValue" -> {
          return integer(content);
        }
        case "doubleValue" -> {
          return real(content);
        }
        case "arrayValue" -> {
          return array(content.path("values"));
        }
        case "kvlistValue" -> {
          return object(content.path("values"));
        }
        default -> {
          // Unknown fields, and bytes, are ignored.
        }
      }
    }
    return ProtobufValues.NO_VALUE;
  }

  /** An unsigned integer of 64 bits, as a string or as a number; 0 when absent. */
  static long unsigned(JsonNode object, String field) throws UnreadableRecordException {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (value.isTextual() || value.isIntegralNumber()) {
      try {
        return Long.parseUnsignedLong(value.asText());
      } catch (NumberFormatException notUnsigned) {
        throw wrong(field);
      }
    }
    throw wrong(field);
  }

  private static UnreadableRecordException wrong(String field) {
    return new UnreadableRecordException(
        Reason.INVALID_VALUE, field, "expected nanoseconds since the epoch, found something else");
  }

  private static JsonNode integer(JsonNode content) {
    if (!content.isTextual()) {
      return content;
    }
    try {
      return NODES.numberNode(Long.parseLong(content.textValue()));
    } catch (NumberFormatException notInteger) {
      return content;
    }
  }

  /** Not-a-number and the infinities come as words, which stay words. */
  private static JsonNode real(JsonNode content) {
    if (!content.isTextual()) {
      return content;
    }
    try {
      double number = Double.parseDouble(content.textValue());
      return Double.isFinite(number) ? NODES.numberNode(number) : content;
    } catch (NumberFormatException notNumber) {
      return content;
    }
  }

  private static ArrayNode array(JsonNode list) {
    ArrayNode array = NODES.arrayNode(list.size());
    for (JsonNode value : list) {
      array.add(value(value));
    }
    return array;
  }

  private static ObjectNode object(JsonNode list) {
    ObjectNode object = NODES.objectNode();
    for (JsonNode field : list) {
      object.putIfAbsent(field.path("key").asText(""), value(field.path("value")));
    }
    return object;
  }
}
