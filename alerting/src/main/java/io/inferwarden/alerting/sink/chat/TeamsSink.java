package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts each notification as an adaptive card to a Workflows webhook of Microsoft Teams. 2xx is
 * success: it says that the flow has started, not that the card was shown. 408, 429 and 5xx may be
 * retried, after the {@code Retry-After} of the answer if it has one; any other 4xx is final, 413
 * (too large) among them; 410 disables the sink.
 *
 * <p>The address of the webhook is its credential and never appears in a message.
 */
public final class TeamsSink implements IncidentSink {
  private static final int GONE = 410;

  private final Settings settings;
  private final HttpTransport transport;
  private volatile boolean enabled = true;

  /**
   * Where to post.
   *
   * @param name of the sink
   * @param url of the workflow; a secret
   * @param timeout for one attempt as a whole
   * @param linkBase address of the console that incidents are linked to; null without one
   */
  public record Settings(String name, URI url, Duration timeout, @Nullable URI linkBase) {
    public Settings {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      Endpoint.checked("url of " + name, url);
      Endpoint.checkedTimeout(timeout);
      linkBase = IncidentLink.checkedBase(linkBase);
    }

    /** Without the address, which is a credential. */
    @Override
    public String toString() {
      return "teams " + name;
    }
  }

  /** A sink that owns the transport and closes it. */
  public TeamsSink(Settings settings, HttpTransport transport) {
    this.settings = settings;
    this.transport = transport;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    byte[] body = TeamsCard.of(notification, settings.linkBase());
    HttpAnswer answer = transport.post(settings.url(), Map.of(), "application/json", body);
    if (answer.isSuccess()) {
      return;
    }
    if (answer.status() == GONE) {
      enabled = false;
      throw DeliveryException.permanent("teams: HTTP 410: the workflow is gone, it is disabled");
    }
    throw answer.asFailure("teams", transport.clock());
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
