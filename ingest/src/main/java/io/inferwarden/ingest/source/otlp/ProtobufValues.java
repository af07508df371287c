package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns values of protobuf into neutral ones. */
final class ProtobufValues {
  static final JsonNode NO_VALUE = MissingNode.getInstance();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProtobufValues() {}

  static Attributes attributes(List<KeyValue> list) {
    if (list.isEmpty()) {
      return Attributes.NONE;
    }
    Map<String, JsonNode> values = new HashMap<>(2 * list.size());
    for (KeyValue attribute : list) {
      values.putIfAbsent(attribute.getKey(), value(attribute.getValue()));
    }
    return Attributes.of(values);
  }

  /** A value; its depth is that of the message, which the parser has bounded. */
  static JsonNode value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> NODES.textNode(value.getStringValue());
      case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
      case INT_VALUE -> NODES.numberNode(value.getIntValue());
      case DOUBLE_VALUE -> NODES.numberNode(value.getDoubleValue());
      case ARRAY_VALUE -> array(value.getArrayValue().getValuesList());
      case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
      default -> NO_VALUE;
    };
  }

  private static ArrayNode array(List<AnyValue> list) {
    ArrayNode array = NODES.arrayNode(list.size());
    for (AnyValue value : list) {
      array.add(value(value));
    }
    return array;
  }

  private static ObjectNode object(List<KeyValue> list) {
    ObjectNode object = NODES.objectNode();
    for (KeyValue field : list) {
      object.putIfAbsent(field.getKey(), value(field.getValue()));
    }
    return object;
  }
}
