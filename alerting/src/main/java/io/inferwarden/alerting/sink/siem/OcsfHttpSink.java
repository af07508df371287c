package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts OCSF Detection Findings to an HTTP endpoint, one a request, as a line of JSON. 2xx is
 * success; 408, 429 and 5xx may be retried. The header {@code idempotency-key} and {@code
 * metadata.uid} hold the notification's id, the same on every attempt.
 */
public final class OcsfHttpSink implements IncidentSink {
  private final Settings settings;
  private final HttpTransport transport;

  /**
   * Where to post.
   *
   * @param name of the sink
   * @param url of the receiver
   * @param token for {@code authorization: Bearer}; null where none is asked for
   * @param timeout for one attempt as a whole
   */
  public record Settings(String name, URI url, @Nullable AccessToken token, Duration timeout) {
    public Settings {
      SinkSettings.notBlank("name", name);
      Endpoint.checked("url of " + name, url);
      Endpoint.checkedTimeout(timeout);
    }

    /** Without the address, which may hold a credential. */
    @Override
    public String toString() {
      return "ocsf " + name;
    }
  }

  /** A sink that owns the transport and closes it. */
  public OcsfHttpSink(Settings settings, HttpTransport transport) {
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
    Map<String, String> headers = new HashMap<>();
    headers.put("idempotency-key", notification.id());
    AccessToken token = settings.token();
    if (token != null) {
      headers.put("authorization", token.authorization("Bearer"));
    }
    byte[] json = OcsfFinding.json(notification);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    HttpAnswer answer = transport.post(settings.url(), headers, "application/x-ndjson", line);
    if (!answer.isSuccess()) {
      throw answer.asFailure("ocsf", transport.clock());
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
}
