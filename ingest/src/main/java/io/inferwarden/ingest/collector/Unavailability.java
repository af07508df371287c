package io.inferwarden.ingest.collector;

import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says to a sender why the log did not take its events. */
final class Unavailability {
  private static final Logger LOG = LoggerFactory.getLogger(Unavailability.class);

  private Unavailability() {}

  static Outcome outcome(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnavailableException unavailable) {
      boolean isFull = unavailable.reason() == UnavailableException.Reason.FULL;
      return Outcome.problem(
          isFull ? 429 : 503,
          isFull ? "too_much_waiting" : "log_away",
          isFull
              ? "more is waiting to be written than there is room for; nothing of this was taken"
              : "events cannot be written now; nothing of this was taken",
          unavailable.retryAfterSeconds());
    }
    // The message may quote what was sent, so that only the kind is logged.
    LOG.error("Writing events failed with {}", cause == null ? failure : cause.getClass());
    return Outcome.problem(500, "internal", "writing failed; nothing of this was acknowledged");
  }
}
