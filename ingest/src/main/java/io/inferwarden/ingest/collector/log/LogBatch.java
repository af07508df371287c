package io.inferwarden.ingest.collector.log;

import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import java.util.List;

/**
 * What is written together or not at all.
 *
 * @param events of one request
 * @param companions of one request
 * @param bytes about what it takes in memory
 */
record LogBatch(List<AdmittedEvent> events, List<Companion> companions, long bytes) {
  /** Objects, beside what is counted. */
  private static final int OVERHEAD_BYTES = 800;

  LogBatch {
    events = List.copyOf(events);
    companions = List.copyOf(companions);
  }

  /**
   * The events of one request.
   *
   * @throws IllegalArgumentException when an event is larger than a record may be
   */
  static LogBatch ofEvents(List<AdmittedEvent> events) {
    long bytes = 0;
    for (AdmittedEvent event : events) {
      requireFits("event", event.event().length);
      bytes += event.bytes();
    }
    return new LogBatch(events, List.of(), bytes);
  }

  /**
   * One companion.
   *
   * @throws IllegalArgumentException when it is larger than a record may be
   */
  static LogBatch ofCompanion(Companion companion) {
    requireFits("companion", companion.json().length);
    return new LogBatch(List.of(), List.of(companion), companion.json().length + OVERHEAD_BYTES);
  }

  int size() {
    return events.size() + companions.size();
  }

  private static void requireFits(String what, int bytes) {
    if (bytes > KafkaLogSettings.RECORD_BYTES) {
      throw new IllegalArgumentException(
          what + " must be at most " + KafkaLogSettings.RECORD_BYTES + " bytes, was " + bytes);
    }
  }
}
