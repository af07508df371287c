package io.inferwarden.bench.abuse;

import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.ingest.InferenceEvent;

/**
 * One event of a trace.
 *
 * @param principal who asked
 * @param event the event as it was parsed
 * @param observation the event as detectors see it
 */
record RecordedEvent(String principal, InferenceEvent event, EventObservation observation) {
  static RecordedEvent of(InferenceEvent event) {
    return new RecordedEvent(event.principal(), event, new EventObservation(event));
  }

  /** The same query, asked by another account. */
  RecordedEvent askedBy(String account) {
    return new RecordedEvent(account, event, observation);
  }

  long timeMillis() {
    return event.timeMillis();
  }
}
