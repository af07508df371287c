package io.inferwarden.alerting.outbox;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sink did not take an incident. Says whether another attempt may help and when the receiver
 * asked for it. Messages must not hold secrets: they end in logs and dead letters.
 */
public final class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  private DeliveryException(
      String message, @Nullable Throwable cause, boolean retryable, @Nullable Duration retryAfter) {
    super(message, cause);
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  /** Another attempt may help. */
  public static DeliveryException retryable(String message) {
    return new DeliveryException(message, null, true, null);
  }

  /** Another attempt may help. */
  public static DeliveryException retryable(String message, Throwable cause) {
    return new DeliveryException(message, cause, true, null);
  }

  /** Another attempt may help, but not before the given time has passed. */
  public static DeliveryException retryableAfter(String message, Duration retryAfter) {
    return new DeliveryException(message, null, true, retryAfter);
  }

  /** No other attempt with the same incident will help. */
  public static DeliveryException permanent(String message) {
    return new DeliveryException(message, null, false, null);
  }

  public boolean isRetryable() {
    return retryable;
  }

  /** How long the receiver asked to be left alone; empty when it did not. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
