package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Encodes the JSON of a recorded variant in protobuf, so that both are tested by one recording. */
final class ProtobufOfJson {
  private ProtobufOfJson() {}

  static byte[] traces(JsonNode request) {
    ExportTraceServiceRequest.Builder built = ExportTraceServiceRequest.newBuilder();
    for (JsonNode resource : request.path("resourceSpans")) {
      ResourceSpans.Builder spans =
          ResourceSpans.newBuilder().setResource(resource(resource.path("resource")));
      for (JsonNode scope : resource.path("scopeSpans")) {
        ScopeSpans.Builder inScope = ScopeSpans.newBuilder();
        scope.path("spans").forEach(span -> inScope.addSpans(span(span)));
        spans.addScopeSpans(inScope);
      }
      built.addResourceSpans(spans);
    }
    return built.build().toByteArray();
  }

  static byte[] logs(JsonNode request) {
    ExportLogsServiceRequest.Builder built = ExportLogsServiceRequest.newBuilder();
    for (JsonNode resource : request.path("resourceLogs")) {
      ResourceLogs.Builder logs =
          ResourceLogs.newBuilder().setResource(resource(resource.path("resource")));
      for (JsonNode scope : resource.path("scopeLogs")) {
        ScopeLogs.Builder inScope = ScopeLogs.newBuilder();
        scope.path("logRecords").forEach(log -> inScope.addLogRecords(log(log)));
        logs.addScopeLogs(inScope);
      }
      built.addResourceLogs(logs);
    }
    return built.build().toByteArray();
  }

  private static Resource resource(JsonNode resource) {
    return Resource.newBuilder().addAllAttributes(keyValues(resource.path("attributes"))).build();
  }

  private static Span span(JsonNode span) {
    Span.Builder built =
        Span.newBuilder()
            .setTraceId(id(span, "traceId"))
            .setSpanId(id(span, "spanId"))
            .setParentSpanId(id(span, "parentSpanId"))
            .setName(span.path("name").asText())
            .setKindValue(span.path("kind").asInt())
            .setStartTimeUnixNano(span.path("startTimeUnixNano").asLong())
            .setEndTimeUnixNano(span.path("endTimeUnixNano").asLong())
            .setStatus(Status.newBuilder().setCodeValue(span.path("status").path("code").asInt()))
            .addAllAttributes(keyValues(span.path("attributes")));
    for (JsonNode event : span.path("events")) {
      built.addEvents(
          Span.Event.newBuilder()
              .setName(event.path("name").asText())
              .addAllAttributes(keyValues(event.path("attributes"))));
    }
    return built.build();
  }

  private static LogRecord log(JsonNode log) {
    LogRecord.Builder built =
        LogRecord.newBuilder()
            .setTraceId(id(log, "traceId"))
            .setSpanId(id(log, "spanId"))
            .setTimeUnixNano(log.path("timeUnixNano").asLong())
            .setObservedTimeUnixNano(log.path("observedTimeUnixNano").asLong())
            .setEventName(log.path("eventName").asText())
            .addAllAttributes(keyValues(log.path("attributes")));
    if (log.has("body")) {
      built.setBody(value(log.path("body")));
    }
    return built.build();
  }

  private static ByteString id(JsonNode record, String field) {
    return ByteString.copyFrom(HexFormat.of().parseHex(record.path(field).asText()));
  }

  private static List<KeyValue> keyValues(JsonNode attributes) {
    List<KeyValue> list = new ArrayList<>();
    for (JsonNode attribute : attributes) {
      list.add(
          KeyValue.newBuilder()
              .setKey(attribute.path("key").asText())
              .setValue(value(attribute.path("value")))
              .build());
    }
    return list;
  }

  private static AnyValue value(JsonNode value) {
    AnyValue.Builder built = AnyValue.newBuilder();
    String kind = value.fieldNames().next();
    JsonNode content = value.path(kind);
    switch (kind) {
      case "stringValue" -> built.setStringValue(content.asText());
      case "boolValue" -> built.setBoolValue(content.asBoolean());
      case "intValue" -> built.setIntValue(content.asLong());
      case "doubleValue" -> built.setDoubleValue(content.asDouble());
      case "arrayValue" -> {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        content.path("values").forEach(element -> array.addValues(value(element)));
        built.setArrayValue(array);
      }
      case "kvlistValue" ->
          built.setKvlistValue(
              KeyValueList.newBuilder().addAllValues(keyValues(content.path("values"))));
      default -> throw new IllegalArgumentException(kind);
    }
    return built.build();
  }
}
