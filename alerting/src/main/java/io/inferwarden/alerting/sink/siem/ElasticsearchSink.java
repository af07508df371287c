package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes ECS documents to a data stream of Elasticsearch with {@code _bulk} and {@code create}. A
 * document's {@code _id} is the notification's id, so a repetition meets a version conflict, which
 * says that the first attempt arrived, and counts as success.
 *
 * <p>The answer to {@code _bulk} is 200 even where the document was refused, so its item is read:
 * 429, 5xx and a block of the index may be retried, anything else, such as a document that the
 * mapping does not take, is final.
 */
public final class ElasticsearchSink implements IncidentSink {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int CONFLICT = 409;
  private static final String CREATE = "create";
  private static final String BLOCK = "cluster_block_exception";

  private final Settings settings;
  private final URI bulk;
  private final HttpTransport transport;

  /**
   * Where to write.
   *
   * @param name of the sink
   * @param url of the cluster, without {@code _bulk}
   * @param stream to write to
   * @param apiKey encoded, for {@code authorization: ApiKey}; null where none is asked for
   * @param timeout for one attempt as a whole
   */
  public record Settings(
      String name, URI url, DataStream stream, @Nullable AccessToken apiKey, Duration timeout) {
    public Settings {
      SinkSettings.notBlank("name", name);
      Endpoint.checked("url of " + name, url);
      SinkSettings.withoutQuery("url of " + name, url);
      Endpoint.checkedTimeout(timeout);
    }

    /** Without the address, which may hold a credential. */
    @Override
    public String toString() {
      return "elasticsearch " + name;
    }
  }

  /** A sink that owns the transport and closes it. */
  public ElasticsearchSink(Settings settings, HttpTransport transport) {
    this.settings = settings;
    this.bulk = SinkSettings.below(settings.url(), "/_bulk");
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
    AccessToken apiKey = settings.apiKey();
    if (apiKey != null) {
      headers.put("authorization", apiKey.authorization("ApiKey"));
    }
    HttpAnswer answer = transport.post(bulk, headers, "application/x-ndjson", body(notification));
    if (!answer.isSuccess()) {
      throw answer.asFailure("elasticsearch", transport.clock());
    }
    checkItem(answer);
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  private byte[] body(Notification notification) throws DeliveryException {
    ObjectNode action = JsonFields.newObject();
    action.putObject(CREATE).put("_index", settings.stream().name()).put("_id", notification.id());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(JsonFields.bytes(action));
    body.write('\n');
    body.writeBytes(EcsDocument.json(notification, settings.stream()));
    body.write('\n');
    return body.toByteArray();
  }

  private void checkItem(HttpAnswer answer) throws DeliveryException {
    JsonNode item = item(answer);
    int status = item.path("status").asInt();
    boolean isThere = (status >= 200 && status < 300) || status == CONFLICT;
    if (isThere) {
      return;
    }
    String type = errorType(item);
    String message = "elasticsearch: item " + status + " " + type;
    if (status == TOO_MANY_REQUESTS || status >= 500 || type.equals(BLOCK)) {
      throw answer
          .retryAfter(transport.clock())
          .map(wait -> DeliveryException.retryableAfter(message, wait))
          .orElseGet(() -> DeliveryException.retryable(message));
    }
    throw DeliveryException.permanent(message);
  }

  /** The one item; whoever answers 200 without it, such as a proxy, has not taken the document. */
  private static JsonNode item(HttpAnswer answer) throws DeliveryException {
    JsonNode item;
    try {
      item =
          JsonFields.parse(answer.body().getBytes(StandardCharsets.UTF_8))
              .path("items")
              .path(0)
              .path(CREATE);
    } catch (IllegalArgumentException e) {
      // Without the cause, which quotes the answer.
      throw DeliveryException.retryable("elasticsearch: the answer is not JSON");
    }
    if (!item.path("status").isInt()) {
      throw DeliveryException.retryable("elasticsearch: the answer is none to a bulk request");
    }
    return item;
  }

  /** The kind of error; its reason would quote the document. */
  private static String errorType(JsonNode item) {
    String type = item.path("error").path("type").asText();
    return type.matches("[a-z_]{1,80}") ? type : "of unknown type";
  }
}
