package io.inferwarden.ingest.collector;

/** The log takes nothing now; the sender may try again later. */
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** More is waiting than memory or disk are meant to hold: 429. */
    FULL,
    /** Kafka does not answer, or it is shutting down: 503. */
    AWAY
  }

  private final Reason reason;
  private final int retryAfterSeconds;

  /**
   * @param retryAfterSeconds when to try again, at least 1
   */
  public UnavailableException(Reason reason, int retryAfterSeconds, String message) {
    super(message);
    if (retryAfterSeconds < 1) {
      throw new IllegalArgumentException(
          "retryAfterSeconds must be >= 1, was " + retryAfterSeconds);
    }
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public Reason reason() {
    return reason;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
