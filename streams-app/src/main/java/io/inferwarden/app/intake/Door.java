package io.inferwarden.app.intake;

import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.EventDoor;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.door.KeptText;
import io.inferwarden.ingest.door.PrivacyDoor;
import org.jspecify.annotations.Nullable;

/** The collector's door is the one that keeps privacy. */
record Door(PrivacyDoor door) implements EventDoor {
  @Override
  public @Nullable RejectedEvent admit(
      byte[] json, int offset, int length, Client client, long nowMillis, InferenceEvent into) {
    return door.admit(json, offset, length, client, nowMillis, into);
  }

  @Override
  public AuditEntry auditEntry(String source, long receivedAtMillis) {
    return door.auditEntry(source, receivedAtMillis);
  }

  @Override
  public @Nullable KeptText keptText() {
    return door.keptText();
  }
}
