package io.inferwarden.alerting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads and writes the fields that findings and incidents have in common, by name and in order. */
final class JsonFields {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final DateTimeFormatter ISO_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private JsonFields() {}

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings has a JSON form", e);
    }
  }

  static JsonNode parse(byte[] json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getClass().getSimpleName(), e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("must be a JSON object, was " + node.getNodeType());
    }
    return node;
  }

  static String isoTime(long millis) {
    return ISO_MILLIS.format(Instant.ofEpochMilli(millis));
  }

  static String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException(name + " must be a string");
    }
    return value.textValue();
  }

  static long wholeNumber(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(name + " must be a whole number");
    }
    return value.longValue();
  }

  static double number(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isNumber()) {
      throw new IllegalArgumentException(name + " must be a number");
    }
    return value.doubleValue();
  }

  static long isoTime(JsonNode object, String name) {
    try {
      return Instant.parse(text(object, name)).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(name + " must be an ISO-8601 instant", e);
    }
  }

  static void putEvidence(ObjectNode object, List<Evidence> evidence) {
    ArrayNode array = object.putArray("evidence");
    for (Evidence each : evidence) {
      ObjectNode node = array.addObject();
      node.put("signal", each.signal());
      node.put("share", each.share());
      node.put("description", each.description());
      putShareOrNull(node, "expected", each.expected());
      putShareOrNull(node, "observed", each.observed());
      node.put("sentence", each.sentence());
    }
  }

  static List<Evidence> evidence(JsonNode object) {
    JsonNode array = object.get("evidence");
    if (array == null || !array.isArray()) {
      throw new IllegalArgumentException("evidence must be an array");
    }
    List<Evidence> evidence = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      evidence.add(
          new Evidence(
              text(node, "signal"),
              number(node, "share"),
              text(node, "description"),
              shareOrUnknown(node, "expected"),
              shareOrUnknown(node, "observed"),
              text(node, "sentence")));
    }
    return evidence;
  }

  private static void putShareOrNull(ObjectNode node, String name, double share) {
    if (Double.isNaN(share)) {
      node.putNull(name);
    } else {
      node.put(name, share);
    }
  }

  private static double shareOrUnknown(JsonNode node, String name) {
    return node.hasNonNull(name) ? number(node, name) : Double.NaN;
  }
}
