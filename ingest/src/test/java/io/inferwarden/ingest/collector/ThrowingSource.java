package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;

/** A source with a defect, whose exception quotes what was sent. */
final class ThrowingSource implements EventSource {
  private final String message;

  ThrowingSource(String message) {
    this.message = message;
  }

  @Override
  public String name() {
    return "throwing";
  }

  @Override
  public void read(Payload payload, RawEvents found) {
    throw new IllegalStateException(message);
  }
}
