package io.inferwarden.app.processor;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import org.jspecify.annotations.Nullable;

/** How the first stage comes by the event that bytes hold. One reading serves one partition. */
public interface EventReading {
  /**
   * Reads an event.
   *
   * @param nowMillis the present, in milliseconds since the epoch, to tell future-dated events
   * @return null when {@link #event()} is the event
   */
  @Nullable RejectedEvent read(byte[] json, long nowMillis);

  /** The event that was read last, until the next is read. */
  InferenceEvent event();

  /** Parses the bytes where they are read. */
  static EventReading onTheSpot() {
    EventParser parser = new EventParser();
    InferenceEvent event = new InferenceEvent();
    return new EventReading() {
      @Override
      public @Nullable RejectedEvent read(byte[] json, long nowMillis) {
        return parser.parse(json, 0, json.length, nowMillis, event);
      }

      @Override
      public InferenceEvent event() {
        return event;
      }
    };
  }
}
