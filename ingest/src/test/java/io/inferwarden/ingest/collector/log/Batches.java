package io.inferwarden.ingest.collector.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.door.KeptText;
import java.util.ArrayList;
import java.util.List;

/** Batches to append. */
final class Batches {
  private Batches() {}

  static LogBatch of(String... ids) {
    List<AdmittedEvent> events = new ArrayList<>();
    for (String id : ids) {
      events.add(event(id, null));
    }
    return LogBatch.ofEvents(events);
  }

  static AdmittedEvent event(String id, KeptText text) {
    AuditEntry audit =
        new AuditEntry(
            id, 1, 2, "otlp", "key", "tenant", "p", "next", "m", "7", null, "chat", "ok", "i",
            null);
    return new AdmittedEvent("p", ("{\"id\":\"" + id + "\"}").getBytes(UTF_8), audit, text);
  }

  static Companion companion() {
    return new Companion("deployments", "m", "{}".getBytes(UTF_8));
  }

  static List<String> ids(List<LogBatch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.events().stream())
        .map(event -> event.audit().id())
        .toList();
  }
}
