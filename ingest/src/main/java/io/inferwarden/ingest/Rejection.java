package io.inferwarden.ingest;

/** Carries a {@link RejectedEvent} out of the depths of the parser; it has no stack trace. */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RejectedEvent event;

  Rejection(RejectedEvent.Reason reason, String field, String message) {
    super(message, null, false, false);
    this.event = RejectedEvent.at(reason, field, message);
  }

  RejectedEvent event() {
    return event;
  }
}
