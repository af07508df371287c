package io.inferwarden.alerting.sink.webhook;

import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Posts incidents to an HTTP endpoint as Standard Webhooks 1.0.0 asks: signed, with an id that
 * stays the same on every retry. 2xx is success. 408, 429 and 5xx, a timeout and a lost connection
 * may be retried, after the {@code Retry-After} of the answer if it has one, unless the answer says
 * {@code webhook-delivery: abort-message}. A redirect is not followed and, as any other 4xx, is
 * final; 410 disables the endpoint.
 *
 * <p>The address may hold a credential and so never appears in a message.
 */
public final class WebhookSink implements IncidentSink {
  private static final int GONE = 410;

  /** What Svix, and receivers that follow it, answer to what they never want again. */
  private static final String DELIVERY = "webhook-delivery";

  private static final String ABORT = "abort-message";

  private final Settings settings;
  private final HttpTransport transport;
  private volatile boolean enabled = true;

  /**
   * Where to post.
   *
   * @param name of the sink
   * @param url of the receiver
   * @param secrets one, or while rotating the old and the new one; each signs every message
   * @param timeout for one attempt as a whole; Standard Webhooks suggests 15 to 30 s
   */
  public record Settings(String name, URI url, List<WebhookSecret> secrets, Duration timeout) {
    /** What Standard Webhooks suggests at least. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    public Settings {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      Endpoint.checked("url of " + name, url);
      secrets = List.copyOf(secrets);
      if (secrets.isEmpty()) {
        throw new IllegalArgumentException("secrets of " + name + " must hold at least one");
      }
      Endpoint.checkedTimeout(timeout);
    }

    /** Without the address, which may hold a credential. */
    @Override
    public String toString() {
      return "webhook " + name;
    }
  }

  /** A sink that owns the transport and closes it. */
  public WebhookSink(Settings settings, HttpTransport transport) {
    this.settings = settings;
    this.transport = transport;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public int concurrency() {
    return HttpTransport.CALLS_AT_A_TIME;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    byte[] body = WebhookMessage.body(notification);
    HttpAnswer answer =
        transport.post(settings.url(), headers(notification.id(), body), "application/json", body);
    if (answer.isSuccess()) {
      return;
    }
    if (answer.status() == GONE) {
      enabled = false;
      throw DeliveryException.permanent("webhook: HTTP 410: the endpoint is gone, it is disabled");
    }
    if (ABORT.equals(answer.headers().get(DELIVERY))) {
      throw DeliveryException.permanent(
          "webhook: HTTP " + answer.status() + ": the receiver asked not to be told again");
    }
    throw answer.asFailure("webhook", transport.clock());
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  private Map<String, String> headers(String id, byte[] body) {
    Instant now = transport.clock().instant();
    long seconds = now.getEpochSecond();
    String signatures =
        settings.secrets().stream()
            .map(secret -> secret.sign(id, seconds, body))
            .collect(Collectors.joining(" "));
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", Long.toString(seconds),
        "webhook-signature", signatures);
  }
}
