package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The values of nested arrays, in their order. */
final class Flat {
  private Flat() {}

  static List<JsonNode> of(JsonNode array) {
    List<JsonNode> values = new ArrayList<>(array.size());
    append(array, values);
    return values;
  }

  private static void append(JsonNode array, List<JsonNode> values) {
    for (JsonNode value : array) {
      if (value.isArray()) {
        append(value, values);
      } else {
        values.add(value);
      }
    }
  }
}
