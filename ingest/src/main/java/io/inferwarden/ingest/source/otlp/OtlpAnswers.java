package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Bodies of answers to OTLP requests, in the encoding of the request: JSON for {@code
 * application/json}, otherwise protobuf. OTLP answers 200 to a request of which some records were
 * taken and others not; a sender does not send those again.
 */
public final class OtlpAnswers {
  private static final String JSON = "application/json";
  private static final int STATUS_MESSAGE_FIELD = 2;

  private OtlpAnswers() {}

  /** The media type to answer a request of this media type in. */
  public static String contentType(String requestContentType) {
    return requestContentType.equals(JSON) ? JSON : "application/x-protobuf";
  }

  /**
   * The answer to spans.
   *
   * @param rejected spans that were not taken, 0 or more
   * @param message why; empty when all were taken
   */
  public static byte[] traces(String requestContentType, long rejected, String message) {
    requireCount(rejected);
    if (requestContentType.equals(JSON)) {
      return json("rejectedSpans", rejected, message);
    }
    ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
    if (rejected > 0 || !message.isEmpty()) {
      answer.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(rejected)
              .setErrorMessage(WellFormedText.of(message)));
    }
    return answer.build().toByteArray();
  }

  /** The answer to log records; like {@link #traces}. */
  public static byte[] logs(String requestContentType, long rejected, String message) {
    requireCount(rejected);
    if (requestContentType.equals(JSON)) {
      return json("rejectedLogRecords", rejected, message);
    }
    ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
    if (rejected > 0 || !message.isEmpty()) {
      answer.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(rejected)
              .setErrorMessage(WellFormedText.of(message)));
    }
    return answer.build().toByteArray();
  }

  /** The body of an answer of 400 or above: a {@code google.rpc.Status} with a message. */
  public static byte[] failure(String requestContentType, String message) {
    if (requestContentType.equals(JSON)) {
      return bytes(
          JsonNodeFactory.instance.objectNode().put("message", WellFormedText.of(message)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    try {
      output.writeString(STATUS_MESSAGE_FIELD, WellFormedText.of(message));
      output.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be written", impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] json(String countName, long rejected, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (rejected > 0 || !message.isEmpty()) {
      ObjectNode partial = answer.putObject("partialSuccess");
      // Integers of 64 bits are strings in the JSON of protobuf.
      partial.put(countName, Long.toString(rejected));
      partial.put("errorMessage", WellFormedText.of(message));
    }
    return bytes(answer);
  }

  private static byte[] bytes(ObjectNode answer) {
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void requireCount(long rejected) {
    if (rejected < 0) {
      throw new IllegalArgumentException("rejected must be >= 0, was " + rejected);
    }
  }
}
