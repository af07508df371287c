package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.RejectedEvent;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record: an event, a rejection, or neither, which is a skipped record. Its
 * {@code toString} holds nothing of the event.
 *
 * @param spanKey trace and span that it belongs to; empty when not known
 */
record Finding(
    String place, String spanKey, @Nullable ObjectNode event, @Nullable RejectedEvent rejected) {
  static Finding event(String place, String spanKey, ObjectNode event) {
    return new Finding(place, spanKey, event, null);
  }

  static Finding rejected(String place, RejectedEvent why) {
    return new Finding(place, "", null, why);
  }

  static Finding skipped(String place) {
    return new Finding(place, "", null, null);
  }

  @Override
  public String toString() {
    String kind = event != null ? "event" : rejected != null ? "rejected" : "skipped";
    return "Finding[" + place + ": " + kind + "]";
  }
}
