package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.source.MalformedPayloadException;

/** A payload holds more events than memory is meant to hold at once; nothing of it is taken. */
public final class TooManyEventsException extends MalformedPayloadException {
  private static final long serialVersionUID = 1L;

  TooManyEventsException() {
    super(
        "expected events that take at most "
            + (Admission.MOST_BYTES >> 20)
            + " MiB of memory, found more: send fewer at once");
  }
}
