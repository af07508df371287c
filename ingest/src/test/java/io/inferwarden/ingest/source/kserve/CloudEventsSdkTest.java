package io.inferwarden.ingest.source.kserve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.json.RecordedOutcomes;
import io.inferwarden.ingest.source.json.RecordedVariant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CloudEvents SDK sends over HTTP what the source then reads. */
class CloudEventsSdkTest {
  private final KServeSource source = new KServeSource(KServeSettings.usual());
  private final RecordedOutcomes outcomes = new RecordedOutcomes();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/kserve", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsTheBinaryMode() throws Exception {
    sendBinary(event("request", "{\"instances\":[[6.8,2.8]]}", "2026-03-02T00:00:46.453Z"));
    sendBinary(event("response", "{\"predictions\":[1]}", "2026-03-02T00:00:46.463Z"));

    assertOnePair();
  }

  @Test
  void readsTheStructuredMode() throws Exception {
    sendStructured(event("request", "{\"instances\":[[6.8,2.8]]}", "2026-03-02T00:00:46.453Z"));
    sendStructured(event("response", "{\"predictions\":[1]}", "2026-03-02T00:00:46.463Z"));

    assertOnePair();
  }

  @Test
  void joinsHalvesOfDifferentModes() throws Exception {
    sendStructured(event("response", "{\"predictions\":[1]}", "2026-03-02T00:00:46.463Z"));
    sendBinary(event("request", "{\"instances\":[[6.8,2.8]]}", "2026-03-02T00:00:46.453Z"));

    assertOnePair();
  }

  private void assertOnePair() {
    assertThat(outcomes.count("held")).isEqualTo(1);
    assertThat(outcomes.count("event")).isEqualTo(1);
    JsonNode outcome = outcomes.list().get(1);
    assertThat(outcome.path("parser").asText()).isEqualTo("ok");
    JsonNode event = outcome.path("event");
    assertThat(event.path("model").asText()).isEqualTo("sklearn-iris");
    assertThat(event.path("principal").asText()).isEqualTo("key-7");
    assertThat(event.path("latencyMs").asDouble()).isEqualTo(10);
    assertThat(event.path("input").path("features").path("f1").asDouble()).isEqualTo(2.8);
    assertThat(event.path("output").path("label").asText()).isEqualTo("1");
    assertThat(source.held()).isZero();
    assertThat(source.unmatched()).isZero();
  }

  private static CloudEvent event(String kind, String body, String time) {
    return CloudEventBuilder.v1()
        .withId("4f1c-77")
        .withSource(URI.create("http://localhost:9081/"))
        .withType("org.kubeflow.serving.inference." + kind)
        .withTime(OffsetDateTime.parse(time))
        .withExtension("inferenceservicename", "sklearn-iris")
        .withExtension("namespace", "prod")
        .withExtension("component", "predictor")
        .withExtension("endpoint", "default")
        .withExtension("metadata", "{\"X-Api-Key-Id\":[\"key-7\"]}")
        .withData("application/json", body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private void sendBinary(CloudEvent event) throws Exception {
    HttpRequest.Builder request = request();
    MessageWriter<?, ?> writer = writer(request);
    writer.writeBinary(event);
    send(request);
  }

  private void sendStructured(CloudEvent event) throws Exception {
    HttpRequest.Builder request = request();
    MessageWriter<?, ?> writer = writer(request);
    writer.writeStructured(
        event, EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
    send(request);
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/kserve"));
  }

  private static MessageWriter<?, ?> writer(HttpRequest.Builder request) {
    return HttpMessageFactory.createWriter(
        request::setHeader,
        body ->
            request.POST(
                HttpRequest.BodyPublishers.ofByteArray(body == null ? new byte[0] : body)));
  }

  private void send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String contentType = headers.getOrDefault("content-type", "");
    int semicolon = contentType.indexOf(';');
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = 202;
    byte[] answer = new byte[0];
    try {
      source.read(
          new Payload(
              body,
              semicolon < 0 ? contentType : contentType.substring(0, semicolon),
              headers,
              RecordedVariant.RECEIVED_AT_MILLIS),
          outcomes);
    } catch (MalformedPayloadException malformed) {
      status = 400;
      answer = String.valueOf(malformed.getMessage()).getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
