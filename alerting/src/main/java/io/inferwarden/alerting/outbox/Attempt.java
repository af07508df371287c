package io.inferwarden.alerting.outbox;

/**
 * One try to deliver a notification.
 *
 * @param atMillis when it began, by the clock, milliseconds since the epoch
 * @param tookMillis how long it took, milliseconds, at least 0
 * @param result {@code delivered}, or what went wrong, without secrets
 */
public record Attempt(long atMillis, long tookMillis, String result) {
  public Attempt {
    if (atMillis < 0) {
      throw new IllegalArgumentException("atMillis must be >= 0, was " + atMillis);
    }
    if (tookMillis < 0) {
      throw new IllegalArgumentException("tookMillis must be >= 0, was " + tookMillis);
    }
  }
}
