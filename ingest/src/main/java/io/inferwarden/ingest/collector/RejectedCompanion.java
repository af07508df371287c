package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.RejectedEvent;

/** Carries why a companion is not taken; it has no stack trace. */
final class RejectedCompanion extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RejectedEvent rejection;

  RejectedCompanion(RejectedEvent.Reason reason, String field, String expected, String found) {
    super(reason.code(), null, false, false);
    String message = "expected " + expected + ", found " + found;
    rejection =
        new RejectedEvent(reason, field, field.isEmpty() ? message : field + ": " + message);
  }

  RejectedEvent rejection() {
    return rejection;
  }
}
