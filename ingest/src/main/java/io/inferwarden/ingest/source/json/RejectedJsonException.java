package io.inferwarden.ingest.source.json;

import io.inferwarden.ingest.RejectedEvent;

/** Carries the reason why a part of a payload cannot be read; it has no stack trace. */
public final class RejectedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RejectedEvent why;

  /**
   * A rejection whose message never holds what was sent.
   *
   * @param message what was expected and what was found
   */
  public RejectedJsonException(RejectedEvent.Reason reason, String message) {
    super(message, null, false, false);
    this.why = new RejectedEvent(reason, "", message);
  }

  /** The reason. */
  public RejectedEvent why() {
    return why;
  }
}
