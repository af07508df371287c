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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts each notification as a message to an incoming webhook of Slack. Only 200 with the body
 * {@code ok} is success. 408, 429 and 5xx may be retried, after the {@code Retry-After} of the
 * answer if it has one; any other 4xx is final. A webhook or channel that Slack says is no more
 * (410, or 404 with a code of its own) disables the sink.
 *
 * <p>The address of the webhook is its credential and never appears in a message.
 */
public final class SlackSink implements IncidentSink {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  /** A 404 of a proxy says nothing of the webhook; one with these codes is Slack's. */
  private static final Set<String> IS_NO_MORE = Set.of("no_service", "channel_not_found");

  /** Others could hold anything, so only these come into a message. */
  private static final Set<String> KNOWN_CODES =
      Set.of(
          "no_service",
          "channel_not_found",
          "channel_is_archived",
          "action_prohibited",
          "invalid_payload",
          "user_not_found",
          "no_text",
          "rollup_error",
          "msg_blocks_too_long");

  private final Settings settings;
  private final HttpTransport transport;
  private volatile boolean enabled = true;

  /**
   * Where to post.
   *
   * @param name of the sink
   * @param url of the incoming webhook; a secret
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
      return "slack " + name;
    }
  }

  /** A sink that owns the transport and closes it. */
  public SlackSink(Settings settings, HttpTransport transport) {
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
    byte[] body = SlackMessage.of(notification, settings.linkBase());
    HttpAnswer answer = transport.post(settings.url(), Map.of(), "application/json", body);
    String said = answer.body().strip();
    if (answer.status() == OK && said.equals("ok")) {
      return;
    }
    if (isNoMore(answer.status(), said)) {
      enabled = false;
      throw DeliveryException.permanent(
          "slack: HTTP " + answer.status() + code(said) + ": the webhook is gone, it is disabled");
    }
    if (answer.isSuccess()) {
      throw DeliveryException.retryable(
          "slack: HTTP " + answer.status() + " without ok: something else answered");
    }
    throw answer.asFailure("slack" + code(said), transport.clock());
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  private static boolean isNoMore(int status, String said) {
    return status == GONE || (status == NOT_FOUND && IS_NO_MORE.contains(said));
  }

  private static String code(String said) {
    return KNOWN_CODES.contains(said) ? " " + said : "";
  }
}
