package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.RawEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes down what a source finds, and what the parser behind the door says of each event. */
public final class RecordedOutcomes implements RawEvents {
  private static final int LONGEST_TEXT = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArrayNode list = JsonNodeFactory.instance.arrayNode();
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();

  /** What was found so far. */
  public ArrayNode list() {
    return list;
  }

  /**
   * How many outcomes of a kind: {@code event}, {@code rejected}, {@code skipped}, {@code held}.
   */
  public int count(String kind) {
    int count = 0;
    for (JsonNode outcome : list) {
      count += outcome.has(kind) ? 1 : 0;
    }
    return count;
  }

  void malformed(MalformedPayloadException malformed) {
    list.addObject().put("malformed", malformed.getMessage());
  }

  @Override
  public void event(String place, byte[] json, int offset, int length) {
    RejectedEvent rejected =
        parser.parse(json, offset, length, RecordedVariant.RECEIVED_AT_MILLIS, event);
    var outcome = list.addObject().put("place", place);
    outcome.set("event", tree(json, offset, length));
    outcome.put(
        "parser",
        rejected == null ? "ok" : (rejected.reason().code() + " " + rejected.field()).trim());
  }

  @Override
  public void rejected(String place, RejectedEvent why) {
    list.addObject()
        .put("place", place)
        .put("rejected", why.reason().code())
        .put("message", why.message());
  }

  @Override
  public void skipped(String place) {
    list.addObject().put("skipped", place);
  }

  @Override
  public void held(String place) {
    list.addObject().put("held", place);
  }

  private static JsonNode tree(byte[] json, int offset, int length) {
    try {
      JsonNode tree = JSON.readTree(json, offset, length);
      if (tree.isObject() && length <= 4096) {
        return tree;
      }
    } catch (IOException noJson) {
      return text(json, offset, length);
    }
    return text(json, offset, length);
  }

  private static JsonNode text(byte[] json, int offset, int length) {
    String text = new String(json, offset, length, StandardCharsets.UTF_8);
    return JsonNodeFactory.instance.textNode(
        length <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "... " + length);
  }
}
