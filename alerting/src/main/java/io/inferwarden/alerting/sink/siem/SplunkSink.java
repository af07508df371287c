package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends incidents to Splunk's HTTP Event Collector. 429 and 5xx (server error, busy, unhealthy, out
 * of capacity) may be retried, anything else, such as an invalid token or index, is final. The
 * collector knows no idempotency key: the indexed field {@code notification_id} is the same on
 * every attempt, and a search can {@code dedup} by it.
 *
 * <p>Success says that the collector has taken the event, not that it is indexed: acknowledgements
 * of indexers are not asked for.
 */
public final class SplunkSink implements IncidentSink {
  static final String PATH = "/services/collector/event";

  private static final int SUCCESS = 0;
  private static final int NEAR_CAPACITY = 25;
  private static final int NO_CODE = -1;

  private final Settings settings;
  private final URI collector;
  private final HttpTransport transport;

  /**
   * Where to send.
   *
   * @param name of the sink
   * @param url of the collector, such as {@code https://splunk.example:8088}, without the path
   * @param token of the collector
   * @param channel for tokens with acknowledgement, which ask for one; null for others
   * @param index to write to; empty for the token's own
   * @param host the value of the field {@code host}; empty for that which Splunk sees
   * @param sourcetype by which Splunk knows the format
   * @param timeout for one attempt as a whole
   */
  public record Settings(
      String name,
      URI url,
      AccessToken token,
      @Nullable UUID channel,
      String index,
      String host,
      String sourcetype,
      Duration timeout) {
    /** The source type that the documentation speaks of. */
    public static final String DEFAULT_SOURCETYPE = "inferwarden:incident";

    private static final int MOST_CHARACTERS = 255;

    public Settings {
      SinkSettings.notBlank("name", name);
      Endpoint.checked("url of " + name, url);
      SinkSettings.withoutQuery("url of " + name, url);
      checkLength("index", index);
      checkLength("host", host);
      checkLength("sourcetype", sourcetype);
      SinkSettings.notBlank("sourcetype", sourcetype);
      Endpoint.checkedTimeout(timeout);
    }

    /** Without the address, which may hold a credential. */
    @Override
    public String toString() {
      return "splunk " + name;
    }

    private static void checkLength(String what, String text) {
      if (text.length() > MOST_CHARACTERS) {
        throw new IllegalArgumentException(
            what + " must have <= " + MOST_CHARACTERS + " characters, had " + text.length());
      }
    }
  }

  /** A sink that owns the transport and closes it. */
  public SplunkSink(Settings settings, HttpTransport transport) {
    this.settings = settings;
    this.collector = SinkSettings.below(settings.url(), PATH);
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
    headers.put("authorization", settings.token().authorization("Splunk"));
    UUID channel = settings.channel();
    if (channel != null) {
      headers.put("x-splunk-request-channel", channel.toString());
    }
    byte[] event = SplunkEvent.json(notification, settings);
    HttpAnswer answer = transport.post(collector, headers, "application/json", event);
    int code = code(answer);
    if (!answer.isSuccess()) {
      throw answer.asFailure("splunk" + words(code), transport.clock());
    }
    if (code != NO_CODE && code != SUCCESS && code != NEAR_CAPACITY) {
      throw DeliveryException.retryable("splunk" + words(code) + ": HTTP " + answer.status());
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

  /** The collector's own code; {@value #NO_CODE} where something else answered. */
  private static int code(HttpAnswer answer) {
    try {
      JsonNode body = JsonFields.parse(answer.body().getBytes(StandardCharsets.UTF_8));
      return body.path("code").isInt() ? body.path("code").intValue() : NO_CODE;
    } catch (IllegalArgumentException e) {
      return NO_CODE;
    }
  }

  /** What the code means; the text of the answer may repeat what was sent. */
  private static String words(int code) {
    return switch (code) {
      case NO_CODE -> "";
      case 1 -> " code 1, the token is disabled";
      case 2 -> " code 2, a token is required";
      case 3 -> " code 3, the authorization is invalid";
      case 4 -> " code 4, the token is invalid";
      case 6 -> " code 6, the data is invalid";
      case 7 -> " code 7, the index is not open to the token";
      case 8 -> " code 8, an internal error";
      case 9 -> " code 9, the server is busy";
      case 10, 11 -> " code " + code + ", the token asks for a channel";
      case 18, 19, 20 -> " code " + code + ", the collector is unhealthy";
      case 26, 27 -> " code " + code + ", the collector is at capacity";
      default -> " code " + code;
    };
  }
}
