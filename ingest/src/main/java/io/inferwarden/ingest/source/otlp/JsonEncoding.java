package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.source.MalformedPayloadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * OTLP in JSON: {@code application/json}, ids in hexadecimal, integers of 64 bits as strings or as
 * numbers, enums as numbers. Unknown fields are ignored; a field that occurs twice is an error.
 */
final class JsonEncoding implements Encoding {
  private static final String SERVER = "SPAN_KIND_SERVER";
  private static final int SERVER_NUMBER = 2;
  private static final String ERROR = "STATUS_CODE_ERROR";
  private static final int ERROR_NUMBER = 2;

  @Override
  public List<LocatedRecord> locate(byte[] body, Signal signal) throws MalformedPayloadException {
    return new JsonWalk(body, signal).locate();
  }

  @Override
  public Attributes resource(byte[] body, Slice slice) throws UnreadableRecordException {
    return slice.length() == 0
        ? Attributes.NONE
        : JsonValues.attributes(tree(body, slice).path("attributes"));
  }

  @Override
  public OtlpSpan span(byte[] body, Slice slice, Attributes resource)
      throws UnreadableRecordException {
    JsonNode span = tree(body, slice);
    List<OtlpEvent> events = new ArrayList<>();
    for (JsonNode event : span.path("events")) {
      Attributes attributes = JsonValues.attributes(event.path("attributes"));
      events.add(new OtlpEvent(event.path("name").asText(""), attributes, ProtobufValues.NO_VALUE));
    }
    return new OtlpSpan(
        SpanIds.ofHex(span.path("traceId").asText(""), SpanIds.TRACE_BYTES, "traceId"),
        SpanIds.ofHex(span.path("spanId").asText(""), SpanIds.SPAN_BYTES, "spanId"),
        SpanIds.ofHex(span.path("parentSpanId").asText(""), SpanIds.SPAN_BYTES, "parentSpanId"),
        JsonValues.unsigned(span, "startTimeUnixNano"),
        JsonValues.unsigned(span, "endTimeUnixNano"),
        isEnum(span.path("kind"), SERVER, SERVER_NUMBER),
        isEnum(span.path("status").path("code"), ERROR, ERROR_NUMBER),
        JsonValues.attributes(span.path("attributes")),
        resource,
        events);
  }

  @Override
  public OtlpLog log(byte[] body, Slice slice, Attributes resource)
      throws UnreadableRecordException {
    JsonNode log = tree(body, slice);
    Attributes attributes = JsonValues.attributes(log.path("attributes"));
    long time = JsonValues.unsigned(log, "timeUnixNano");
    String name = log.path("eventName").asText("");
    return new OtlpLog(
        SpanIds.ofHex(log.path("traceId").asText(""), SpanIds.TRACE_BYTES, "traceId"),
        SpanIds.ofHex(log.path("spanId").asText(""), SpanIds.SPAN_BYTES, "spanId"),
        time != 0 ? time : JsonValues.unsigned(log, "observedTimeUnixNano"),
        new OtlpEvent(
            name.isEmpty() ? attributes.text("event.name") : name,
            attributes,
            JsonValues.value(log.path("body"))),
        resource);
  }

  private static boolean isEnum(JsonNode value, String name, int number) {
    return value.isTextual() ? value.textValue().equals(name) : value.asInt(0) == number;
  }

  private static JsonNode tree(byte[] body, Slice slice) throws UnreadableRecordException {
    try {
      return BoundedJson.tree(body, slice.offset(), slice.length());
    } catch (StreamConstraintsException tooExtreme) {
      throw new UnreadableRecordException(
          Reason.TOO_LARGE, "", "too many values, or too deeply nested");
    } catch (MismatchedInputException repeated) {
      throw new UnreadableRecordException(
          Reason.DUPLICATE_FIELD, "", "expected each field once in its object, found one twice");
    } catch (JsonProcessingException malformed) {
      throw new UnreadableRecordException(Reason.NOT_JSON, "", "not JSON");
    } catch (IOException malformed) {
      throw new UnreadableRecordException(Reason.NOT_JSON, "", "not JSON: invalid UTF-8");
    }
  }
}
