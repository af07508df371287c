package io.inferwarden.ingest.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OtlpAnswersTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  @Test
  void answersInTheEncodingOfTheRequest() {
    assertThat(OtlpAnswers.contentType(JSON)).isEqualTo(JSON);
    assertThat(OtlpAnswers.contentType(PROTOBUF)).isEqualTo(PROTOBUF);
    assertThat(OtlpAnswers.contentType("")).isEqualTo(PROTOBUF);
  }

  @Test
  void saysNothingWhenAllWasTaken() {
    assertThat(OtlpAnswers.traces(PROTOBUF, 0, "")).isEmpty();
    assertThat(OtlpAnswers.logs(PROTOBUF, 0, "")).isEmpty();
    assertThat(text(OtlpAnswers.traces(JSON, 0, ""))).isEqualTo("{}");
  }

  @Test
  void countsWhatWasRejectedInProtobuf() throws InvalidProtocolBufferException {
    ExportTraceServiceResponse traces =
        ExportTraceServiceResponse.parseFrom(OtlpAnswers.traces(PROTOBUF, 3, "no model"));
    ExportLogsServiceResponse logs =
        ExportLogsServiceResponse.parseFrom(OtlpAnswers.logs(PROTOBUF, 2, "no \ud800 model"));

    assertThat(traces.getPartialSuccess().getRejectedSpans()).isEqualTo(3);
    assertThat(traces.getPartialSuccess().getErrorMessage()).isEqualTo("no model");
    assertThat(logs.getPartialSuccess().getRejectedLogRecords()).isEqualTo(2);
    assertThat(logs.getPartialSuccess().getErrorMessage()).isEqualTo("no \ufffd model");
  }

  @Test
  void countsWhatWasRejectedInJson() {
    assertThat(text(OtlpAnswers.traces(JSON, 3, "no \"model\"")))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"no \\\"model\\\"\"}}");
    assertThat(text(OtlpAnswers.logs(JSON, 2, "x")))
        .isEqualTo("{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"x\"}}");
  }

  @Test
  void failsWithAStatusMessage() {
    // Field 2, of length 4.
    assertThat(OtlpAnswers.failure(PROTOBUF, "gzip"))
        .isEqualTo(new byte[] {0x12, 4, 'g', 'z', 'i', 'p'});
    assertThat(text(OtlpAnswers.failure(JSON, "gzip"))).isEqualTo("{\"message\":\"gzip\"}");
  }

  @Test
  void refusesANegativeCount() {
    assertThatThrownBy(() -> OtlpAnswers.traces(JSON, -1, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rejected must be >= 0, was -1");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
