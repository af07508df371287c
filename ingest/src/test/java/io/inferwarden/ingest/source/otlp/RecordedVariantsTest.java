package io.inferwarden.ingest.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.MalformedPayloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedVariantsTest {
  private static final List<RecordedVariant> VARIANTS = RecordedVariant.all();

  static Stream<RecordedVariant> readable() {
    return VARIANTS.stream().filter(variant -> !variant.recording().has("malformed"));
  }

  static Stream<RecordedVariant> malformed() {
    return VARIANTS.stream().filter(variant -> variant.recording().has("malformed"));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void givesTheExpectedEvents(RecordedVariant variant) throws MalformedPayloadException {
    CollectedEvents events = new CollectedEvents();

    variant.source().read(variant.payload(), events);

    List<JsonNode> expected = new ArrayList<>();
    variant.recording().path("expected").forEach(expected::add);
    assertThat(comparable(events.found)).isEqualTo(comparable(expected));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void givesEventsThatTheParserTakes(RecordedVariant variant) throws MalformedPayloadException {
    CollectedEvents events = new CollectedEvents();
    String rejectedField = variant.recording().path("rejectedByParser").asText("");

    variant.source().read(variant.payload(), events);

    for (byte[] json : events.events) {
      RejectedEvent rejected =
          new EventParser()
              .parse(
                  json, 0, json.length, RecordedVariant.RECEIVED_AT_MILLIS, new InferenceEvent());
      assertThat(rejected == null ? "" : rejected.field()).isEqualTo(rejectedField);
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhatIsWrongAndHandsOutNothing(RecordedVariant variant) {
    CollectedEvents events = new CollectedEvents();

    assertThatThrownBy(() -> variant.source().read(variant.payload(), events))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining(variant.recording().path("malformed").asText())
        .hasNoCause();
    assertThat(events.found).isEmpty();
  }

  @Test
  void holdsManyRecordings() {
    assertThat(VARIANTS.size()).isGreaterThanOrEqualTo(100);
    assertThat(malformed().count()).isGreaterThanOrEqualTo(15);
  }

  /** Text, since equal numbers of different Java types are not equal as nodes. */
  private static List<String> comparable(List<JsonNode> nodes) {
    return nodes.stream().map(RecordedVariantsTest::sorted).toList();
  }

  private static String sorted(JsonNode node) {
    if (!node.isObject()) {
      return node.toString();
    }
    StringBuilder text = new StringBuilder("{");
    node.properties().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            field ->
                text.append(field.getKey())
                    .append('=')
                    .append(sorted(field.getValue()))
                    .append(' '));
    return text.append('}').toString();
  }
}
