package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.EventParser;

/** Writes events; texts of an event that would be longer than one may be are cut. */
final class EventBytes {
  /** UTF-16 units; two texts of them fit even if every one is written as an escape of six bytes. */
  static final int LONGEST_CUT_TEXT = 65_536;

  private static final ObjectWriter WRITER = new JsonMapper().writer();

  private EventBytes() {}

  static byte[] of(ObjectNode event) {
    byte[] bytes = written(event);
    if (bytes.length <= EventParser.MAXIMUM_BYTES) {
      return bytes;
    }
    cut(event.path("input"));
    cut(event.path("output"));
    return written(event);
  }

  private static byte[] written(ObjectNode event) {
    try {
      return WRITER.writeValueAsBytes(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("well-formed text cannot fail to be written", impossible);
    }
  }

  private static void cut(JsonNode side) {
    String text = side.path("text").asText("");
    if (side instanceof ObjectNode object && text.length() > LONGEST_CUT_TEXT) {
      int end = LONGEST_CUT_TEXT;
      boolean isWithinPair = Character.isHighSurrogate(text.charAt(end - 1));
      object.put("text", text.substring(0, isWithinPair ? end - 1 : end));
    }
  }
}
