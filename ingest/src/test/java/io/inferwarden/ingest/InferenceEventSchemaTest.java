package io.inferwarden.ingest;

import static io.inferwarden.ingest.HostileLines.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the published schema against the parser. A schema cannot tell: size, depth and lengths of
 * names of unknown fields, a known field twice, times that are in the future, strings of times
 * before 2000, days that a month does not have, integers or numbers beyond the machine's range; and
 * it takes 12.0 for an integer where the parser wants 12.
 */
class InferenceEventSchemaTest {
  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final JsonSchema schema = readSchema();

  static List<HostileLine> linesSeenBySchema() {
    return HostileLines.all().stream().filter(HostileLine::isSeenBySchema).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("linesSeenBySchema")
  void refusesWhatTheParserRefuses(HostileLine line) throws IOException {
    assertThat(isValid(line.bytes())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.inferwarden.ingest.HarmlessLines#all")
  void acceptsWhatTheParserAccepts(String line) throws IOException {
    String withoutByteOrderMark = line.startsWith("\ufeff") ? line.substring(1) : line;

    assertThat(isValid(withoutByteOrderMark.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void acceptsWhatTheWriterWrites(long seed) throws IOException {
    assertThat(isValid(new EventJsonWriter().write(EventArbitraries.event(seed)))).isTrue();
  }

  @Test
  void seesAtLeastFortyHostileKinds() {
    assertThat(linesSeenBySchema()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void takesIntegralDecimalsWhereTheParserWantsIntegers() throws IOException {
    byte[] bytes =
        HostileLines.event("\"input\":{\"tokens\":12.0}").getBytes(StandardCharsets.UTF_8);
    RejectedEvent rejected =
        new EventParser().parse(bytes, 0, bytes.length, NOW_MILLIS, new InferenceEvent());

    assertThat(isValid(bytes)).isTrue();
    assertThat(rejected).isNotNull();
  }

  @Test
  void describesEveryFieldAndGivesAnExample() throws IOException {
    JsonNode document = schema.getSchemaNode();

    document.get("properties").forEach(this::assertDescribed);
    document.at("/properties/input/properties").forEach(this::assertDescribed);
    document.at("/properties/output/properties").forEach(this::assertDescribed);
    assertThat(isValid(mapper.writeValueAsBytes(document.at("/examples/0")))).isTrue();
  }

  private void assertDescribed(JsonNode field) {
    assertThat(field.path("description").asText()).isNotEmpty();
  }

  private boolean isValid(byte[] json) throws IOException {
    JsonNode document;
    try {
      document = mapper.readTree(json);
    } catch (JsonProcessingException malformed) {
      return false;
    }
    return schema.validate(document).isEmpty();
  }

  private static JsonSchema readSchema() {
    try (InputStream stream =
        InferenceEvent.class.getResourceAsStream("inference-event-v1.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(stream);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
