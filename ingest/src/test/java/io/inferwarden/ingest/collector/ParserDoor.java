package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.door.KeptText;
import org.jspecify.annotations.Nullable;

/** A door that checks events and leaves names as they are. */
final class ParserDoor implements EventDoor {
  private final EventParser parser = new EventParser();
  private AuditEntry entry = entry("", "", "", "");

  @Override
  public @Nullable RejectedEvent admit(
      byte[] json, int offset, int length, Client client, long nowMillis, InferenceEvent into) {
    RejectedEvent rejected = parser.parse(json, offset, length, nowMillis, into);
    if (rejected != null) {
      return rejected;
    }
    if (!client.maySpeakOf(into.model())) {
      return new RejectedEvent(Reason.MODEL_NOT_ALLOWED, "model", "model: not for this key");
    }
    String id = into.id();
    entry = entry(id == null ? "" : id, client.name(), client.tenant(), into.model());
    return null;
  }

  private static AuditEntry entry(String id, String client, String tenant, String model) {
    return new AuditEntry(
        id, 0, 0, "events", client, tenant, "p", null, model, "", null, null, "ok", null, null);
  }

  @Override
  public AuditEntry auditEntry(String source, long receivedAtMillis) {
    return entry;
  }

  @Override
  public @Nullable KeptText keptText() {
    return null;
  }
}
