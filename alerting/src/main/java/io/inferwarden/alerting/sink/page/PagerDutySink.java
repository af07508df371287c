package io.inferwarden.alerting.sink.page;

import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Pages through the PagerDuty Events API v2. The incident's id is the {@code dedup_key}, so all
 * revisions of an incident are one alert: it is triggered and updated while the incident is open,
 * acknowledged when somebody looks after it, and resolved when it is over, which it also is when
 * somebody judged it false or benign. A new version of a model is told as a change event, which
 * wakes nobody, once for each revision in which more was found.
 *
 * <p>202 is success. 429, 5xx and a lost connection may be retried, after 429 not before a minute
 * has passed unless the answer names a time; 400 and the rest of 4xx are final. An acknowledgement
 * or an end of which PagerDuty knows no alert is dropped by it without a word.
 */
public final class PagerDutySink implements IncidentSink {
  private static final int TOO_MANY_REQUESTS = 429;

  /** PagerDuty asks to back off for minutes, and names no time. */
  private static final Duration THROTTLED = Duration.ofMinutes(1);

  private final Settings settings;
  private final HttpTransport transport;

  /**
   * How to reach a service.
   *
   * @param name of the sink
   * @param url of the Events API, without the path: {@link #WORLD} or {@link #EUROPE}
   * @param routingKey of the service
   * @param timeout for one attempt as a whole
   */
  public record Settings(String name, URI url, RoutingKey routingKey, Duration timeout) {
    /** The Events API of accounts in the service region US. */
    public static final URI WORLD = URI.create("https://events.pagerduty.com");

    /** The Events API of accounts in the service region EU. */
    public static final URI EUROPE = URI.create("https://events.eu.pagerduty.com");

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    public Settings {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      Endpoint.checked("url of " + name, url);
      Endpoint.checkedTimeout(timeout);
    }

    /** Without the address, which need not be PagerDuty's own. */
    @Override
    public String toString() {
      return "pagerduty " + name;
    }
  }

  /** A sink that owns the transport and closes it. */
  public PagerDutySink(Settings settings, HttpTransport transport) {
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
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    PagerDutyAction action = PagerDutyAction.of(notification, settings.routingKey());
    if (action == PagerDutyAction.NOTHING) {
      return;
    }
    byte[] body = PagerDutyEvent.body(notification, action, settings.routingKey());
    URI target = Endpoint.under(settings.url(), action.path());
    HttpAnswer answer = transport.post(target, Map.of(), "application/json", body);
    if (!answer.isSuccess()) {
      throw failure(answer);
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  private DeliveryException failure(HttpAnswer answer) {
    if (answer.status() == TOO_MANY_REQUESTS && answer.retryAfter(transport.clock()).isEmpty()) {
      return DeliveryException.retryableAfter("pagerduty: HTTP 429", THROTTLED);
    }
    return answer.asFailure("pagerduty", transport.clock());
  }
}
