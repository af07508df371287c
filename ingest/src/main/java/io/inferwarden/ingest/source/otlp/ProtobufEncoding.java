package io.inferwarden.ingest.source.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** OTLP in protobuf: {@code application/x-protobuf}. */
final class ProtobufEncoding implements Encoding {
  /** Messages within messages: an attribute's value may be nested about 40 deep. */
  private static final int DEEPEST_NESTING = 100;

  // The messages of traces and logs differ in names only.
  private static final int RESOURCES_OF_REQUEST = 1;
  private static final int RESOURCE_OF_RESOURCES = 1;
  private static final int SCOPES_OF_RESOURCES = 2;
  private static final int RECORDS_OF_SCOPES = 2;

  @Override
  public List<LocatedRecord> locate(byte[] body, Signal signal) throws MalformedPayloadException {
    LocatedRecords records = new LocatedRecords();
    try {
      List<Slice> resources = messages(body, new Slice(0, body.length), RESOURCES_OF_REQUEST);
      for (int i = 0; i < resources.size(); i++) {
        locate(body, i, resources.get(i), records);
      }
    } catch (IOException malformed) {
      throw new MalformedPayloadException(
          "not an OTLP body in protobuf: " + malformed.getMessage() + hint(body));
    }
    return records.found();
  }

  private static void locate(byte[] body, int resource, Slice slice, LocatedRecords records)
      throws IOException, MalformedPayloadException {
    // A resource may come in parts, of which protobuf would make one; no exporter does that.
    List<Slice> described = messages(body, slice, RESOURCE_OF_RESOURCES);
    Slice description = described.isEmpty() ? Slice.NOTHING : described.get(described.size() - 1);
    List<Slice> scopes = messages(body, slice, SCOPES_OF_RESOURCES);
    for (int scope = 0; scope < scopes.size(); scope++) {
      List<Slice> found = messages(body, scopes.get(scope), RECORDS_OF_SCOPES);
      for (int i = 0; i < found.size(); i++) {
        records.add(new LocatedRecord(resource, scope, i, description, found.get(i)));
      }
    }
  }

  /** The messages under one field number; other fields, and other wire types, are passed over. */
  private static List<Slice> messages(byte[] body, Slice within, int field)
      throws IOException, MalformedPayloadException {
    CodedInputStream input = CodedInputStream.newInstance(body, within.offset(), within.length());
    input.setRecursionLimit(DEEPEST_NESTING);
    int wanted = field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    List<Slice> found = new ArrayList<>();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag != wanted) {
        input.skipField(tag);
        continue;
      }
      int length = input.readRawVarint32();
      found.add(new Slice(within.offset() + input.getTotalBytesRead(), length));
      input.skipRawBytes(length);
      if (found.size() > LocatedRecords.MAXIMUM) {
        throw new MalformedPayloadException(
            "expected at most " + LocatedRecords.MAXIMUM + " records, found more");
      }
    }
    return found;
  }

  @Override
  public Attributes resource(byte[] body, Slice slice) throws UnreadableRecordException {
    return ProtobufValues.attributes(
        parse(Resource.parser(), body, slice, "resource").getAttributesList());
  }

  @Override
  public OtlpSpan span(byte[] body, Slice slice, Attributes resource)
      throws UnreadableRecordException {
    Span span = parse(Span.parser(), body, slice, "span");
    List<OtlpEvent> events = new ArrayList<>(span.getEventsCount());
    for (Span.Event event : span.getEventsList()) {
      Attributes attributes = ProtobufValues.attributes(event.getAttributesList());
      events.add(new OtlpEvent(event.getName(), attributes, ProtobufValues.NO_VALUE));
    }
    return new OtlpSpan(
        SpanIds.ofBytes(span.getTraceId().toByteArray(), SpanIds.TRACE_BYTES, "traceId"),
        SpanIds.ofBytes(span.getSpanId().toByteArray(), SpanIds.SPAN_BYTES, "spanId"),
        SpanIds.ofBytes(span.getParentSpanId().toByteArray(), SpanIds.SPAN_BYTES, "parentSpanId"),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getKindValue() == Span.SpanKind.SPAN_KIND_SERVER_VALUE,
        span.getStatus().getCodeValue() == Status.StatusCode.STATUS_CODE_ERROR_VALUE,
        ProtobufValues.attributes(span.getAttributesList()),
        resource,
        events);
  }

  @Override
  public OtlpLog log(byte[] body, Slice slice, Attributes resource)
      throws UnreadableRecordException {
    LogRecord log = parse(LogRecord.parser(), body, slice, "log record");
    Attributes attributes = ProtobufValues.attributes(log.getAttributesList());
    String name = log.getEventName();
    return new OtlpLog(
        SpanIds.ofBytes(log.getTraceId().toByteArray(), SpanIds.TRACE_BYTES, "traceId"),
        SpanIds.ofBytes(log.getSpanId().toByteArray(), SpanIds.SPAN_BYTES, "spanId"),
        log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano(),
        new OtlpEvent(
            name.isEmpty() ? attributes.text("event.name") : name,
            attributes,
            ProtobufValues.value(log.getBody())),
        resource);
  }

  private static <T> T parse(Parser<T> parser, byte[] body, Slice slice, String word)
      throws UnreadableRecordException {
    CodedInputStream input = CodedInputStream.newInstance(body, slice.offset(), slice.length());
    input.setRecursionLimit(DEEPEST_NESTING);
    try {
      return parser.parseFrom(input);
    } catch (InvalidProtocolBufferException malformed) {
      throw new UnreadableRecordException(
          Reason.INVALID_VALUE, "", "not a " + word + " in protobuf: " + malformed.getMessage());
    }
  }

  private static String hint(byte[] body) {
    if (body.length == 0) {
      return "";
    }
    boolean isGzip = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    if (isGzip) {
      return " (gzip? say so: Content-Encoding: gzip)";
    }
    return body[0] == '{' ? " (JSON? say so: Content-Type: application/json)" : "";
  }
}
