package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class FindingJsonTest {
  private static final Finding FINDING = Examples.finding("principal:k9", Examples.AT, 2.5);

  @Test
  void writesItsFieldsInAFixedOrder() {
    String json = new String(FindingJson.toJson(FINDING), StandardCharsets.UTF_8);

    assertThat(json)
        .isEqualTo(
            "{\"subject\":\"principal:k9\",\"model\":\"fraud-scorer\",\"version\":\"7\","
                + "\"kind\":\"extraction\",\"severity\":\"high\",\"atMillis\":1772460120000,"
                + "\"onsetMillis\":1772460060000,\"events\":41,\"level\":2.5,\"chanceOnceInMillis\":null,\"evidence\":[{"
                + "\"signal\":\"probing\",\"share\":0.63,"
                + "\"description\":\"in the most extreme 1 %\",\"expected\":0.01,\"observed\":0.41,"
                + "\"sentence\":\"probing: 41 % of its queries had in the most extreme 1 %"
                + ", where 1 % are usual; carries 63 % of the evidence\"}],\"models\":[]}");
  }

  @Test
  void readsBackWhatItWrote() {
    Evidence unknown = Evidence.ofPrincipal("gap", 0.1, "no pauses", Double.NaN, Double.NaN);
    Finding finding =
        new Finding(
            "model:m",
            "m",
            "",
            IncidentKind.SILENCE,
            Severity.INFO,
            5,
            9,
            0,
            Double.POSITIVE_INFINITY,
            List.of(unknown));

    Finding read = FindingJson.fromJson(FindingJson.toJson(finding));

    assertThat(read).isEqualTo(finding);
    assertThat(read.level()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void ignoresFieldsOfALaterRelease() {
    String json = new String(FindingJson.toJson(FINDING), StandardCharsets.UTF_8);
    String later = json.replaceFirst("\\{", "{\"novel\":{\"a\":[1]},");

    assertThat(FindingJson.fromJson(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(FINDING);
  }

  @Test
  void saysWhichFieldIsWrong() {
    String json = new String(FindingJson.toJson(FINDING), StandardCharsets.UTF_8);

    assertRefused(json.replace("\"events\":41", "\"events\":4.5"), "events must be a whole number");
    assertRefused(json.replace("extraction", "x"), "kind must be a known incident kind, was x");
    assertRefused(json.replace("\"model\"", "\"m\""), "model must be a string");
    assertRefused("[]", "must be a JSON object, was ARRAY");
    assertRefused("", "must be a JSON object, was MISSING");
    assertRefused(json + "}", "not JSON: JsonParseException");
  }

  @Test
  void serdeKeepsTombstonesAndReportsOtherValues() {
    try (Serde<Finding> serde = FindingJson.serde()) {
      byte[] bytes = serde.serializer().serialize("findings", FINDING);

      assertThat(serde.deserializer().deserialize("findings", bytes)).isEqualTo(FINDING);
      assertThat(serde.deserializer().deserialize("findings", (byte[]) null)).isNull();
      assertThat(serde.serializer().serialize("findings", null)).isNull();
      assertThatThrownBy(() -> serde.deserializer().deserialize("findings", new byte[] {'?'}))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("findings");
    }
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> FindingJson.fromJson(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
