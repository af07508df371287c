package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.RawEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source finds, in the form in which the recorded variants expect it. */
final class CollectedEvents implements RawEvents {
  private static final JsonMapper MAPPER = new JsonMapper();

  final List<JsonNode> found = new ArrayList<>();
  final List<byte[]> events = new ArrayList<>();
  final List<String> places = new ArrayList<>();
  final List<RejectedEvent> rejections = new ArrayList<>();

  @Override
  public void event(String place, byte[] json, int offset, int length) {
    try {
      ObjectNode entry = JsonNodeFactory.instance.objectNode();
      entry.set("event", MAPPER.readTree(json, offset, length));
      found.add(entry);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
    events.add(java.util.Arrays.copyOfRange(json, offset, offset + length));
    places.add(place);
  }

  @Override
  public void rejected(String place, RejectedEvent why) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    found.add(entry.put("rejected", why.reason().code()).put("field", why.field()));
    rejections.add(why);
    places.add(place);
  }

  @Override
  public void skipped(String place) {
    found.add(JsonNodeFactory.instance.textNode("skipped"));
    places.add(place);
  }

  @Override
  public void held(String place) {
    throw new AssertionError("nothing is ever held");
  }
}
