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
public final class JsonFields {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final DateTimeFormatter ISO_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private JsonFields() {}

  public static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  public static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings has a JSON form", e);
    }
  }

  public static JsonNode parse(byte[] json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getClass().getSimpleName(), e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("must be a JSON object, was " + node.getNodeType());
    }
    requireKnownSchema(node);
    return node;
  }

  /** What does not say its version has the first one. */
  static void requireKnownSchema(JsonNode object) {
    long version = object.path(JsonNames.SCHEMA_VERSION).asLong(IncidentJson.SCHEMA_VERSION);
    if (version > IncidentJson.SCHEMA_VERSION) {
      throw new NewerFormatException("A JSON record", version, IncidentJson.SCHEMA_VERSION);
    }
  }

  public static String isoTime(long millis) {
    return ISO_MILLIS.format(Instant.ofEpochMilli(millis));
  }

  public static String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException(name + " must be a string");
    }
    return value.textValue();
  }

  public static long wholeNumber(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(name + " must be a whole number");
    }
    return value.longValue();
  }

  public static double number(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isNumber()) {
      throw new IllegalArgumentException(name + " must be a number");
    }
    return value.doubleValue();
  }

  public static long isoTime(JsonNode object, String name) {
    try {
      return Instant.parse(text(object, name)).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(name + " must be an ISO-8601 instant", e);
    }
  }

  public static JsonNode array(JsonNode object, String name) {
    JsonNode array = object.get(name);
    if (array == null || !array.isArray()) {
      throw new IllegalArgumentException(name + " must be an array");
    }
    return array;
  }

  /** The array, or an empty one where an older release wrote none. */
  public static JsonNode arrayOrEmpty(JsonNode object, String name) {
    return object.hasNonNull(name) ? array(object, name) : MAPPER.createArrayNode();
  }

  public static void putNumberOrNull(ObjectNode node, String name, double number) {
    if (Double.isNaN(number)) {
      node.putNull(name);
    } else {
      node.put(name, number);
    }
  }

  /** The number, or NaN where it is null or missing. */
  public static double numberOrUnknown(JsonNode node, String name) {
    return node.hasNonNull(name) ? number(node, name) : Double.NaN;
  }

  public static void putChance(ObjectNode object, long chanceOnceInMillis) {
    if (chanceOnceInMillis == Chance.UNKNOWN) {
      object.putNull(JsonNames.CHANCE_ONCE_IN_MILLIS);
    } else {
      object.put(JsonNames.CHANCE_ONCE_IN_MILLIS, chanceOnceInMillis);
    }
  }

  public static long chance(JsonNode object) {
    return object.hasNonNull(JsonNames.CHANCE_ONCE_IN_MILLIS)
        ? wholeNumber(object, JsonNames.CHANCE_ONCE_IN_MILLIS)
        : Chance.UNKNOWN;
  }

  public static void putModels(ObjectNode object, List<String> models) {
    ArrayNode array = object.putArray(JsonNames.MODELS);
    models.forEach(array::add);
  }

  public static List<String> models(JsonNode object) {
    List<String> models = new ArrayList<>();
    for (JsonNode model : arrayOrEmpty(object, JsonNames.MODELS)) {
      if (!model.isTextual()) {
        throw new IllegalArgumentException(JsonNames.MODELS + " must hold strings");
      }
      models.add(model.textValue());
    }
    return models;
  }
}
