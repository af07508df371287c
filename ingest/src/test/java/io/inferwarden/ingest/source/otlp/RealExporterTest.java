package io.inferwarden.ingest.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exporter of OpenTelemetry's Java SDK, over HTTP. */
class RealExporterTest {
  private static final Resource SHOP =
      Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop-assistant"));
  private static final Instant START = Instant.parse("2026-03-02T00:00:46Z");

  private final CollectedEvents events = new CollectedEvents();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpSettings settings = OtlpSettings.defaults();
    server.createContext("/v1/traces", exchange -> take(exchange, new OtlpTraceSource(settings)));
    server.createContext("/v1/logs", exchange -> take(exchange, new OtlpLogSource(settings)));
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void sendsASpanOfAChat() {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(url("/v1/traces")).build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(SHOP)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();

    Span span =
        provider
            .get("test")
            .spanBuilder("chat gpt-4o")
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(START)
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.request.model", "gpt-4o")
            .setAttribute("gen_ai.usage.input_tokens", 12)
            .setAttribute("enduser.pseudo.id", "u-77")
            .setAttribute(
                AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("stop"))
            .setAttribute(
                "gen_ai.input.messages",
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello?\"}]}]")
            .startSpan();
    span.end(START.plusMillis(250));
    boolean isSent = provider.shutdown().join(30, TimeUnit.SECONDS).isSuccess();

    assertThat(isSent).isTrue();
    assertThat(events.found).hasSize(1);
    JsonNode event = events.found.get(0).path("event");
    assertThat(event.path("id").asText())
        .isEqualTo(span.getSpanContext().getTraceId() + "-" + span.getSpanContext().getSpanId());
    assertThat(event.path("time").asLong()).isEqualTo(START.toEpochMilli());
    assertThat(event.path("latencyMs").asDouble()).isEqualTo(250);
    assertThat(event.path("model").asText()).isEqualTo("gpt-4o");
    assertThat(event.path("principal").asText()).isEqualTo("u-77");
    assertThat(event.path("input").path("text").asText()).isEqualTo("Hello?");
    assertThat(event.path("input").path("tokens").asInt()).isEqualTo(12);
    assertThat(event.path("output").path("finishReason").asText()).isEqualTo("stop");
  }

  @Test
  void sendsALogRecordOfAChat() {
    OtlpHttpLogRecordExporter exporter =
        OtlpHttpLogRecordExporter.builder().setEndpoint(url("/v1/logs")).build();
    SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(SHOP)
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build();

    provider
        .get("test")
        .logRecordBuilder()
        .setEventName("gen_ai.client.inference.operation.details")
        .setTimestamp(START)
        .setAttribute(AttributeKey.stringKey("gen_ai.operation.name"), "chat")
        .setAttribute(AttributeKey.stringKey("gen_ai.request.model"), "gpt-4o")
        .emit();
    boolean isSent = provider.shutdown().join(30, TimeUnit.SECONDS).isSuccess();

    assertThat(isSent).isTrue();
    assertThat(events.found).hasSize(1);
    JsonNode event = events.found.get(0).path("event");
    assertThat(event.path("time").asLong()).isEqualTo(START.toEpochMilli());
    assertThat(event.path("principal").asText()).isEqualTo("service:shop-assistant");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void take(HttpExchange exchange, EventSource source) throws IOException {
    String contentType =
        Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Content-Type"));
    byte[] answer;
    int status = 200;
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      source.read(RecordedVariant.payload(body, contentType), events);
      answer = OtlpAnswers.traces(contentType, 0, "");
    } catch (MalformedPayloadException malformed) {
      status = 400;
      answer = OtlpAnswers.failure(contentType, malformed.getMessage());
    }
    exchange.getResponseHeaders().add("Content-Type", OtlpAnswers.contentType(contentType));
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
