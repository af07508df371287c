package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.door.KeptText;
import org.jspecify.annotations.Nullable;

/**
 * Where an event as it was sent becomes one that may be written: it is checked, its names become
 * pseudonyms, its texts become measures. One serves one thread at a time.
 */
public interface EventDoor {
  /**
   * Lets one event in.
   *
   * @param json holds the event, raw names and texts in it
   * @param nowMillis the present, since the epoch
   * @param into cleared and filled with what may be written; undefined after a rejection
   * @return null when {@code into} holds the event
   */
  @Nullable RejectedEvent admit(
      byte[] json, int offset, int length, Client client, long nowMillis, InferenceEvent into);

  /** What the audit keeps of the event that was let in last. */
  AuditEntry auditEntry(String source, long receivedAtMillis);

  /** Texts of the event that was let in last, where the policy keeps them; else null. */
  @Nullable KeptText keptText();
}
