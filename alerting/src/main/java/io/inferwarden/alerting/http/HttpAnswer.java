package io.inferwarden.alerting.http;

import io.inferwarden.alerting.outbox.DeliveryException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param status the HTTP status code
 * @param headers by lower-case name; the last one where a name comes twice
 * @param body the first 64 KiB of the body, read as UTF-8; it may repeat what was sent, so it
 *     belongs in no message as it is
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  public HttpAnswer {
    Map<String, String> lowerCase = new TreeMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lowerCase);
  }

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * Why it was no success, for receivers that keep to the meaning of the status codes: 408, 429 and
   * 5xx may be retried, after the {@code Retry-After} of the answer where it has one; anything
   * else, a redirect too, is final.
   *
   * @param what names the request in the message, such as {@code webhook}; never an address
   * @param clock tells how far off a date in {@code Retry-After} is
   */
  public DeliveryException asFailure(String what, InstantSource clock) {
    String message = what + ": HTTP " + status;
    if (status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS && status < 500) {
      return DeliveryException.permanent(message);
    }
    return retryAfter(clock)
        .map(wait -> DeliveryException.retryableAfter(message, wait))
        .orElseGet(() -> DeliveryException.retryable(message));
  }

  /** How long the receiver asks to be left alone; empty when it does not say. */
  public Optional<Duration> retryAfter(InstantSource clock) {
    @Nullable String header = headers.get("retry-after");
    return header == null ? Optional.empty() : RetryAfter.parse(header, clock.instant());
  }

  /** The status alone: headers and body may repeat a secret. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
