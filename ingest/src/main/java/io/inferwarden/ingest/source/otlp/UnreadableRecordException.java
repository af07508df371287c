package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;

/** Carries out why one record cannot be taken; it has no stack trace, and quotes no content. */
final class UnreadableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RejectedEvent why;

  UnreadableRecordException(Reason reason, String field, String message) {
    super(message, null, false, false);
    this.why = new RejectedEvent(reason, field, field.isEmpty() ? message : field + ": " + message);
  }

  RejectedEvent why() {
    return why;
  }
}
