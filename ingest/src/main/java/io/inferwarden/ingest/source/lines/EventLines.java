package io.inferwarden.ingest.source.lines;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.json.JsonElements;

/**
 * Inference events v1: one, an array of them, or JSON lines. They are handed on as the bytes that
 * came, unread: the parser behind the door judges each.
 */
public final class EventLines implements EventSource {
  @Override
  public String name() {
    return "events";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    JsonElements.read(
        payload.body(),
        (place, json, offset, length) -> {
          if (length > EventParser.MAXIMUM_BYTES) {
            found.rejected(place, RejectedEvent.tooLarge());
          } else {
            found.event(place, json, offset, length);
          }
        });
  }
}
