package io.inferwarden.ingest.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bodies that are made to hurt, too large to be recorded. */
class HostileBodiesTest {
  private static final String SECRET = "zebra-crossing-7781";

  private final OtlpTraceSource source = new OtlpTraceSource(OtlpSettings.defaults());
  private final CollectedEvents events = new CollectedEvents();

  @Test
  void rejectsAValueNestedAHundredDeepAndReadsItsNeighbour() throws MalformedPayloadException {
    AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
    for (int i = 0; i < 100; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    KeyValue deep = KeyValue.newBuilder().setKey("a").setValue(value).build();

    readProtobuf(Span.newBuilder().addAttributes(deep).build(), inference("hello"));

    assertThat(events.rejections).extracting("reason").containsExactly(Reason.INVALID_VALUE);
    assertThat(events.events).hasSize(1);
  }

  @Test
  void refusesJsonNestedAHundredDeep() {
    String open = "{\"arrayValue\":{\"values\":[".repeat(100);
    String close = "]}}".repeat(100);

    assertThatThrownBy(
            () -> readJson(spanOf("{\"attributes\":[{\"value\":" + open + close + "}]}")))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void refusesGroupsNestedAMillionDeep() {
    byte[] groups = new byte[1_000_000];
    Arrays.fill(groups, (byte) 0x1b);

    assertThatThrownBy(() -> read(groups, "application/x-protobuf"))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void refusesMoreRecordsThanAnyExporterSends() {
    byte[] spans = new byte[2 * (LocatedRecords.MAXIMUM + 1)];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i] = 0x12;
    }
    ScopeSpans scope = parsed(spans);
    byte[] body = request(ResourceSpans.newBuilder().addScopeSpans(scope).build());
    String json = spanOf("{}" + ",{}".repeat(LocatedRecords.MAXIMUM + 1));

    assertThatThrownBy(() -> read(body, "application/x-protobuf"))
        .hasMessageContaining("100000 records");
    assertThatThrownBy(() -> readJson(json)).hasMessageContaining("100000 records");
    assertThat(events.found).isEmpty();
  }

  @Test
  void rejectsASpanThatIsTooLarge() throws MalformedPayloadException {
    readProtobuf(inference("x".repeat(RecordReader.MAXIMUM_RECORD_BYTES)), inference("hello"));

    assertThat(events.rejections).extracting("reason").containsExactly(Reason.TOO_LARGE);
    assertThat(events.events).hasSize(1);
  }

  @Test
  void rejectsTheSpansOfAResourceThatIsTooLarge() throws MalformedPayloadException {
    Resource resource =
        Resource.newBuilder().addAttributes(attribute("service.name", "x".repeat(70_000))).build();
    ScopeSpans scope = ScopeSpans.newBuilder().addSpans(inference("hello")).build();

    read(
        request(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope).build()),
        "application/x-protobuf");

    assertThat(events.rejections).extracting("reason").containsExactly(Reason.TOO_LARGE);
  }

  @Test
  void rejectsAnArrayOfHalfAMillionValues() throws MalformedPayloadException {
    String array = "{\"arrayValue\":{\"values\":[{}" + ",{}".repeat(500_000) + "]}}";

    readJson(spanOf("{\"attributes\":[{\"key\":\"a\",\"value\":" + array + "}]}"));

    assertThat(events.rejections).extracting("reason").containsExactly(Reason.TOO_LARGE);
  }

  @Test
  void readsJsonWithinATextAsATextWhenItIsABomb() throws MalformedPayloadException {
    readProtobuf(inference("[".repeat(100_000)), inference("[{}" + ",{}".repeat(300_000) + "]"));

    assertThat(events.events).hasSize(2);
    assertThat(textOf(0)).isEqualTo("[".repeat(100_000));
  }

  @Test
  void cutsTextsOfAnEventThatWouldBeTooLong() throws MalformedPayloadException {
    readProtobuf(inference("\u0001".repeat(2_000_000)), inference("x".repeat(900_000)));

    assertThat(textOf(0)).hasSize(EventBytes.LONGEST_CUT_TEXT);
    assertThat(textOf(1)).hasSize(900_000);
    for (byte[] json : events.events) {
      assertThat(
              new EventParser()
                  .parse(
                      json,
                      0,
                      json.length,
                      RecordedVariant.RECEIVED_AT_MILLIS,
                      new InferenceEvent()))
          .isNull();
    }
  }

  @Test
  void readsABodyAfterOneWhoseNamesCollide() throws MalformedPayloadException {
    StringBuilder fields = new StringBuilder("{\"a\":0");
    for (int i = 0; i < 1 << 14; i++) {
      fields.append(",\"");
      for (int bit = 0; bit < 14; bit++) {
        fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      fields.append("\":1");
    }
    try {
      readJson(spanOf(fields + "}"));
    } catch (MalformedPayloadException refused) {
      assertThat(refused).hasMessageNotContaining("AaAa");
    }
    CollectedEvents after = new CollectedEvents();

    source.read(
        RecordedVariant.payload(
            spanOf("{\"name\":\"a\"}").getBytes(StandardCharsets.UTF_8), "application/json"),
        after);

    assertThat(after.found).hasSize(1);
  }

  @Test
  void quotesNothingOfWhatWasSent() {
    for (String body :
        new String[] {
          SECRET,
          "{\"" + SECRET + "\"}",
          "{\"resourceSpans\":\"" + SECRET + "\"}",
          "{\"a\":" + SECRET
        }) {
      assertThatThrownBy(() -> readJson(body))
          .isInstanceOf(MalformedPayloadException.class)
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void printsNoTexts() {
    ChatTurn turn = new ChatTurn("user", SECRET, "");
    ChatContent content = new ChatContent(SECRET, SECRET, "stop");

    assertThat(turn.toString() + content).doesNotContain(SECRET);
  }

  private String textOf(int index) {
    return events.found.get(index).path("event").path("input").path("text").asText();
  }

  private void readProtobuf(Span... spans) throws MalformedPayloadException {
    ScopeSpans scope = ScopeSpans.newBuilder().addAllSpans(Arrays.asList(spans)).build();
    Resource resource =
        Resource.newBuilder().addAttributes(attribute("service.name", "shop")).build();
    read(
        request(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope).build()),
        "application/x-protobuf");
  }

  private void readJson(String body) throws MalformedPayloadException {
    read(body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  private void read(byte[] body, String contentType) throws MalformedPayloadException {
    source.read(RecordedVariant.payload(body, contentType), events);
  }

  private static byte[] request(ResourceSpans spans) {
    return ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build().toByteArray();
  }

  private static String spanOf(String spans) {
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}";
  }

  private static ScopeSpans parsed(byte[] bytes) {
    try {
      return ScopeSpans.parseFrom(bytes);
    } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Span inference(String prompt) {
    return Span.newBuilder()
        .setTraceId(
            ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}))
        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .setStartTimeUnixNano(1_772_409_646_000_000_000L)
        .setEndTimeUnixNano(1_772_409_647_000_000_000L)
        .addAttributes(attribute("gen_ai.request.model", "gpt-4o"))
        .addAttributes(attribute("gen_ai.prompt", prompt))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
