package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Posts incidents to an HTTP endpoint as Standard Webhooks 1.0.0 asks: signed, with an id that
 * stays the same on every retry. 2xx is success. 429 and 5xx, a timeout and a lost connection may
 * be retried, after the {@code Retry-After} of the answer if it has one. A redirect is not followed
 * and, as any other 4xx, is final; 410 disables the endpoint.
 *
 * <p>The address may hold a credential and so never appears in a message. It is taken as given: it
 * must come from the operator's configuration, since no guard against internal addresses is
 * applied.
 */
public final class WebhookSink implements IncidentSink {
  private static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;

  private final String name;
  private final URI endpoint;
  private final List<WebhookSecret> secrets;
  private final Duration timeout;
  private final InstantSource clock;
  private final HttpClient client;
  private volatile boolean enabled = true;

  /**
   * @param secrets one, or while rotating the old and the new one; each signs every message
   * @param timeout for one attempt as a whole; Standard Webhooks suggests 15 to 30 s
   * @param clock gives the time of each attempt
   */
  public WebhookSink(
      String name,
      URI endpoint,
      List<WebhookSecret> secrets,
      Duration timeout,
      InstantSource clock) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    if (!isHttp(endpoint)) {
      throw new IllegalArgumentException(
          "endpoint of " + name + " must be an http or https address with a host and no user");
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("secrets of " + name + " must hold at least one");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be > 0, was " + timeout);
    }
    this.name = name;
    this.endpoint = endpoint;
    this.secrets = List.copyOf(secrets);
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    HttpResponse<Void> response = send(request(notification));
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    if (status == GONE) {
      enabled = false;
      throw DeliveryException.permanent("HTTP 410: the endpoint is gone, it is now disabled");
    }
    if (status != TOO_MANY_REQUESTS && status < 500) {
      throw DeliveryException.permanent("HTTP " + status);
    }
    Optional<Duration> retryAfter =
        response
            .headers()
            .firstValue("retry-after")
            .flatMap(header -> RetryAfter.parse(header, clock.instant()));
    throw retryAfter.isPresent()
        ? DeliveryException.retryableAfter("HTTP " + status, retryAfter.get())
        : DeliveryException.retryable("HTTP " + status);
  }

  private HttpRequest request(Notification notification) throws DeliveryException {
    byte[] body = WebhookMessage.body(notification.incident());
    String id = notification.id();
    Instant now = clock.instant();
    long seconds = now.getEpochSecond();
    String signatures =
        secrets.stream()
            .map(secret -> secret.sign(id, seconds, body))
            .collect(Collectors.joining(" "));
    return HttpRequest.newBuilder(endpoint)
        .timeout(timeout)
        .header("content-type", "application/json")
        .header("user-agent", "inferwarden")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(seconds))
        .header("webhook-signature", signatures)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** The client's own timeout ends with the headers, so a dripping body needs this one as well. */
  private HttpResponse<Void> send(HttpRequest request)
      throws DeliveryException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw DeliveryException.retryable("no answer within " + timeout, e);
    } catch (ExecutionException e) {
      throw DeliveryException.retryable("no answer: " + causeOf(e), e);
    } finally {
      answer.cancel(true);
    }
  }

  /** The class alone: messages of the network classes may quote the address. */
  private static String causeOf(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  private static boolean isHttp(URI uri) {
    boolean knownScheme =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    return knownScheme && uri.getHost() != null && uri.getUserInfo() == null;
  }
}
