package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.outbox.Notification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EcsDocumentTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path FIELDS =
      Path.of(
          System.getProperty("inferwarden.shared", "absent"),
          "fixtures",
          "ecs-9.4.0-alert-fields.tsv");

  /** A field that the schema has. */
  private record Field(String type, boolean isArray, List<String> allowed) {}

  @Test
  void everyKindStateChangeVerdictAndOccasionHoldsToTheSchema() throws Exception {
    Map<String, Field> fields = fields();

    for (Notification notification : Samples.all()) {
      assertThat(faults(document(notification), fields))
          .as("%s %s", notification.incident().kind(), notification.id())
          .isEmpty();
    }
  }

  @Test
  void theFixtureWouldFindAFault() throws Exception {
    JsonNode faulty =
        MAPPER.readTree(
            """
            {"event": {"kind": "invented", "severity": "1", "type": "info"},
             "tags": "one", "mine": 1, "labels": {"a": {"b": "c"}, "n": 1}}""");

    assertThat(faults(faulty, fields()))
        .containsExactlyInAnyOrder(
            "event.kind: invented is not allowed",
            "event.severity: \"1\" is no long",
            "event.type: must be an array",
            "tags: must be an array",
            "mine: is no field",
            "labels.a.b: is no flat label",
            "labels.n: 1 is no keyword");
  }

  @Test
  void tellsAnAttackWhereAnalystsLook() throws Exception {
    Handling handling =
        Samples.handling(
            IncidentState.ACKNOWLEDGED, IncidentChange.JUDGED, IncidentVerdict.TRUE_POSITIVE);
    JsonNode document =
        document(Samples.of(IncidentKind.EXTRACTION, IncidentState.ACKNOWLEDGED, handling, 5));

    assertThat(document.at("/event/kind").asText()).isEqualTo("alert");
    assertThat(document.at("/event/category/0").asText()).isEqualTo("intrusion_detection");
    assertThat(document.at("/event/action").asText()).isEqualTo("judged");
    assertThat(document.at("/event/severity").asInt()).isEqualTo(73);
    assertThat(document.at("/event/sequence").asInt()).isEqualTo(5);
    assertThat(document.at("/event/duration").asLong()).isEqualTo(5_400_000_000_000L);
    assertThat(document.at("/event/reason").asText())
        .startsWith("age: 31 % of inputs in 44 to 52, where 12 % are usual");
    assertThat(document.at("/service/name").asText()).isEqualTo("fraud-scorer");
    assertThat(document.at("/user/id").asText()).startsWith("k9\"\\u{d}\\u{a}");
    assertThat(document.at("/threat/technique/id").toString())
        .isEqualTo("[\"AML.T0024\",\"AML.T0005\"]");
    assertThat(document.at("/threat/technique/subtechnique/id").toString())
        .isEqualTo("[\"AML.T0024.002\",\"AML.T0005.001\"]");
    assertThat(document.at("/tags").toString())
        .isEqualTo("[\"inferwarden\",\"Mitre Atlas: AML.T0024\",\"Mitre Atlas: AML.T0005\"]");
    assertThat(document.at("/labels/state").asText()).isEqualTo("acknowledged");
    assertThat(document.at("/labels/verdict").asText()).isEqualTo("true");
    assertThat(document.at("/@timestamp").asText()).isEqualTo("2026-03-02T14:02:02.000Z");
  }

  @Test
  void aDriftIsNoIntrusion() throws Exception {
    JsonNode document = document(Samples.drift());

    assertThat(document.at("/event").has("category")).isFalse();
    assertThat(document.has("threat")).isFalse();
    assertThat(document.at("/rule/id").asText()).isEqualTo("input_drift");
  }

  @Test
  void namesTheMembersOfACampaignAndCountsTheOthers() throws Exception {
    JsonNode document = document(Samples.campaign(60));

    assertThat(document.at("/related/user")).hasSize(50);
    assertThat(document.at("/labels/member_count").asText()).isEqualTo("60");
    assertThat(document.at("/labels/members_omitted").asText()).isEqualTo("10");
  }

  @Test
  void holdsNoCharacterThatIsNotPlainlyVisible() throws Exception {
    for (Notification notification : Samples.all()) {
      assertThat(Texts.of(document(notification))).allMatch(Texts::isPlain);
    }
  }

  @Test
  void staysWithinItsLimit() throws Exception {
    assertThat(EcsDocument.json(Samples.monstrous(), DataStream.DEFAULT))
        .hasSizeLessThan(EcsDocument.MAXIMUM_BYTES);
  }

  @Test
  void knowsTheNamesThatADataStreamCanHave() {
    assertThat(DataStream.parse("logs-inferwarden.alerts-default")).isEqualTo(DataStream.DEFAULT);
    assertThat(new DataStream("mine", "prod").name()).isEqualTo("logs-mine-prod");
    assertThatThrownBy(() -> DataStream.parse("metrics-a-b"))
        .hasMessage("data stream must be logs-DATASET-NAMESPACE, was metrics-a-b");
    assertThatThrownBy(() -> DataStream.parse("logs-A-b")).hasMessageContaining("dataset");
    assertThatThrownBy(() -> DataStream.parse("logs-a-b/c")).hasMessageContaining("namespace");
  }

  private static List<String> faults(JsonNode document, Map<String, Field> fields) {
    List<String> faults = new ArrayList<>();
    check("", document, fields, faults);
    return faults;
  }

  private static void check(
      String path, JsonNode node, Map<String, Field> fields, List<String> faults) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  check(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      fields,
                      faults));
      return;
    }
    boolean isLabel = path.startsWith("labels.");
    Field field = isLabel ? new Field("keyword", false, List.of()) : fields.get(path);
    if (field == null) {
      faults.add(path + ": is no field");
    } else if (isLabel && path.indexOf('.', "labels.".length()) >= 0) {
      faults.add(path + ": is no flat label");
    } else if (node.isArray() != field.isArray()) {
      faults.add(path + (field.isArray() ? ": must be an array" : ": must be no array"));
    } else {
      for (JsonNode value : node.isArray() ? node : MAPPER.createArrayNode().add(node)) {
        checkValue(path, value, field, faults);
      }
    }
  }

  private static void checkValue(String path, JsonNode value, Field field, List<String> faults) {
    boolean isOfType =
        switch (field.type()) {
          case "date" -> value.isTextual() && Instant.parse(value.asText()) != null;
          case "long", "integer" -> value.isIntegralNumber();
          case "float" -> value.isNumber();
          case "keyword", "constant_keyword" ->
              value.isTextual() && value.asText().length() <= 1_024;
          case "match_only_text" -> value.isTextual();
          default -> false;
        };
    if (!isOfType) {
      faults.add(path + ": " + value + " is no " + field.type());
    } else if (!field.allowed().isEmpty() && !field.allowed().contains(value.asText())) {
      faults.add(path + ": " + value.asText() + " is not allowed");
    }
  }

  private static JsonNode document(Notification notification) throws Exception {
    return MAPPER.readTree(EcsDocument.json(notification, DataStream.DEFAULT));
  }

  private static Map<String, Field> fields() throws IOException {
    assumeThat(FIELDS).isRegularFile();
    Map<String, Field> fields = new HashMap<>();
    for (String line : Files.readAllLines(FIELDS)) {
      String[] columns = line.split("\t", -1);
      fields.put(
          columns[0],
          new Field(
              columns[1],
              columns[3].equals("array"),
              columns[4].isEmpty() ? List.of() : List.of(columns[4].split(","))));
    }
    return fields;
  }
}
