package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;

/** One event a line, as simple as a test needs it; empty lines are skipped. */
final class PlainLines implements EventSource {
  @Override
  public String name() {
    return "events";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    byte[] body = payload.body();
    if (body.length == 0) {
      throw new MalformedPayloadException("expected events, found nothing");
    }
    int line = 1;
    for (int start = 0; start < body.length; line++) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (end == start) {
        found.skipped("line " + line);
      } else {
        found.event("line " + line, body, start, end - start);
      }
      start = end + 1;
    }
  }
}
