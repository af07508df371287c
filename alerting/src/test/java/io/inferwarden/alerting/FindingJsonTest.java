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
                + ", where 1 % are usual; carries 63 % of the evidence\"}],\"models\":[],\"members\":[],\"memberCount\":0}");
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
  void writesTheChangeAsData() {
    Finding drift = Examples.drift(IncidentKind.INPUT_DRIFT, "7", Examples.AT, 2.8);

    String json = new String(FindingJson.toJson(drift), StandardCharsets.UTF_8);

    assertThat(json)
        .contains("\"level\":2.8,\"chanceOnceInMillis\":100800000000,\"evidence\":[{")
        .contains(
            "\"change\":{\"totalVariation\":0.24,\"shift\":6.1,\"usualMedian\":41.0,"
                + "\"recentMedian\":47.1,\"histogram\":[{\"bin\":\"below 17 (never seen)\","
                + "\"expected\":0.0,\"observed\":0.05,\"contribution\":0.1},")
        .contains("{\"bin\":\"missing\",\"expected\":0.02,\"observed\":0.02}]}}");
    assertThat(FindingJson.fromJson(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(drift);
  }

  @Test
  void readsBackCategoriesAndFleets() {
    Change change = Change.ofCategories(Double.NaN, List.of());
    Finding fleet =
        new Finding(
            "fleet:age",
            Finding.ANY_MODEL,
            "",
            IncidentKind.COMMON_CAUSE,
            Severity.HIGH,
            5,
            4,
            9,
            3,
            Long.MAX_VALUE,
            List.of(Evidence.ofModel("age", 1, "missing", 0.1, 0.4, change)),
            List.of("b", "a", "b"));

    Finding read = FindingJson.fromJson(FindingJson.toJson(fleet));

    assertThat(read).isEqualTo(fleet);
    assertThat(read.models()).containsExactly("a", "b");
  }

  @Test
  void readsBackTheMembersOfACampaign() {
    Member unsure = new Member("k8 \u0000\"|é", Examples.AT + 1, 12, Double.NaN);
    Finding campaign =
        Examples.campaign(
            IncidentKind.DISTILLATION,
            Examples.AT,
            2,
            List.of(new Member("k9", Examples.AT, 41, 0.97), unsure),
            24_000);

    String json = new String(FindingJson.toJson(campaign), StandardCharsets.UTF_8);

    assertThat(FindingJson.fromJson(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(campaign);
    assertThat(json)
        .contains(
            "\"members\":[{\"principal\":\"k9\",\"since\":\"2026-03-02T14:02:00.000Z\","
                + "\"events\":41,\"confidence\":0.97},")
        .endsWith("\"events\":12,\"confidence\":null}],\"memberCount\":24000}");
    assertRefused(
        json.replace(",\"memberCount\":24000", ",\"memberCount\":1"),
        "memberCount must be >= 2, was 1");
    assertRefused(
        json.replace("\"principal\":\"k9\"", "\"principal\":9"), "principal must be a string");
    assertThat(
            FindingJson.fromJson(
                    json.replace(",\"memberCount\":24000", "").getBytes(StandardCharsets.UTF_8))
                .memberCount())
        .isEqualTo(2);
  }

  @Test
  void readsFindingsOfAReleaseThatKnewLess() {
    String old =
        "{\"subject\":\"principal:k9\",\"model\":\"fraud-scorer\",\"version\":\"7\","
            + "\"kind\":\"extraction\",\"severity\":\"high\",\"atMillis\":1772460120000,"
            + "\"onsetMillis\":1772460060000,\"events\":41,\"level\":2.5,\"evidence\":[{"
            + "\"signal\":\"probing\",\"share\":0.63,"
            + "\"description\":\"in the most extreme 1 %\",\"expected\":0.01,\"observed\":0.41,"
            + "\"sentence\":\"probing: 41 % of its queries had in the most extreme 1 %"
            + ", where 1 % are usual; carries 63 % of the evidence\"}]}";

    assertThat(FindingJson.fromJson(old.getBytes(StandardCharsets.UTF_8))).isEqualTo(FINDING);
  }

  @Test
  void equalFindingsHaveEqualBytes() {
    Finding one = Examples.drift(IncidentKind.OUTPUT_SHIFT, "7", Examples.AT, 2);
    Finding other = Examples.drift(IncidentKind.OUTPUT_SHIFT, "7", Examples.AT, 2);

    assertThat(FindingJson.toJson(one)).isEqualTo(FindingJson.toJson(other));
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
    assertRefused(json.replace("\"models\":[]", "\"models\":[1]"), "models must hold strings");
    assertRefused(json.replace("\"models\":[]", "\"models\":1"), "models must be an array");
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
