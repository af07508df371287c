package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OcsfFindingTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SCHEMA =
      Path.of(
          System.getProperty("inferwarden.shared", "absent"),
          "fixtures",
          "ocsf-1.8.0-detection_finding.schema.json");

  @Test
  void everyKindStateChangeVerdictAndOccasionIsValid() throws Exception {
    JsonSchema schema = schema();

    for (Notification notification : Samples.all()) {
      JsonNode finding = finding(notification);

      Set<ValidationMessage> faults = schema.validate(finding);
      assertThat(faults).as("%s in %s", notification.incident().kind(), finding).isEmpty();
    }
  }

  @Test
  void theSchemaWouldFindAFault() throws Exception {
    JsonNode finding = MAPPER.readTree("{\"class_uid\": 2004, \"invented\": 1}");

    assertThat(schema().validate(finding)).isNotEmpty();
  }

  @Test
  void tellsTheLifeOfAnIncidentAsCreateUpdateAndClose() throws Exception {
    assertThat(life(IncidentState.OPEN, IncidentChange.OPENED))
        .isEqualTo("1 Create 200401, 1 New, alert");
    assertThat(life(IncidentState.OPEN, IncidentChange.UPDATED))
        .isEqualTo("2 Update 200402, 1 New, no alert");
    assertThat(life(IncidentState.OPEN, IncidentChange.ESCALATED))
        .isEqualTo("2 Update 200402, 1 New, alert");
    assertThat(life(IncidentState.ACKNOWLEDGED, IncidentChange.ACKNOWLEDGED))
        .isEqualTo("2 Update 200402, 2 In Progress, no alert");
    assertThat(life(IncidentState.RESOLVED, IncidentChange.RESOLVED))
        .isEqualTo("3 Close 200403, 4 Resolved, no alert");
    assertThat(life(IncidentState.RESOLVED, IncidentChange.JUDGED))
        .isEqualTo("2 Update 200402, 4 Resolved, no alert");
    assertThat(life(IncidentState.OPEN, IncidentChange.REOPENED))
        .isEqualTo("2 Update 200402, 1 New, alert");
  }

  @Test
  void blindIsToldApartFromResolved() throws Exception {
    Handling handling = Samples.handling(IncidentState.BLIND, IncidentChange.BLINDED, null);

    JsonNode finding =
        finding(Samples.of(IncidentKind.INPUT_DRIFT, IncidentState.BLIND, handling, 3));

    assertThat(finding.path("activity_id").asInt()).isEqualTo(2);
    assertThat(finding.path("status_id").asInt()).isEqualTo(99);
    assertThat(finding.path("status").asText()).isEqualTo("Blind");
    assertThat(finding.path("unmapped").path("is_blind").asBoolean()).isTrue();
  }

  @Test
  void aReminderAlertsAgainWithoutCreatingAgain() throws Exception {
    JsonNode reminder = finding(Samples.on(Occasion.REMINDER, Samples.drift()));
    JsonNode refresh = finding(Samples.on(Occasion.REFRESH, Samples.drift()));

    assertThat(reminder.path("activity_id").asInt()).isEqualTo(2);
    assertThat(reminder.path("is_alert").asBoolean()).isTrue();
    assertThat(reminder.path("time").asLong()).isEqualTo(Samples.CREATED_AT);
    assertThat(refresh.path("is_alert").asBoolean()).isFalse();
  }

  @Test
  void saysWhatPeopleFoundIt() throws Exception {
    assertThat(verdict(IncidentKind.EXTRACTION, IncidentVerdict.FALSE_POSITIVE)).isEqualTo(1);
    assertThat(verdict(IncidentKind.EXTRACTION, IncidentVerdict.TRUE_POSITIVE)).isEqualTo(2);
    assertThat(verdict(IncidentKind.EXTRACTION, IncidentVerdict.BENIGN_CHANGE)).isEqualTo(5);
    assertThat(verdict(IncidentKind.TEST, IncidentVerdict.TRUE_POSITIVE)).isEqualTo(6);
    assertThat(finding(Samples.drift()).has("verdict_id")).isFalse();
  }

  @Test
  void aTestIsMarkedAsOne() throws Exception {
    JsonNode test = finding(Samples.of(IncidentKind.TEST, IncidentState.OPEN, Handling.OPENED, 1));

    assertThat(test.path("verdict_id").asInt()).isEqualTo(6);
    assertThat(test.path("verdict").asText()).isEqualTo("Test");
  }

  @Test
  void everyRevisionIsTheSameFindingWithAnIdOfItsOwn() throws Exception {
    JsonNode first = finding(Samples.drift());
    Handling handling = Samples.handling(IncidentState.RESOLVED, IncidentChange.RESOLVED, null);
    JsonNode last =
        finding(Samples.of(IncidentKind.INPUT_DRIFT, IncidentState.RESOLVED, handling, 2));

    assertThat(last.at("/finding_info/uid")).isEqualTo(first.at("/finding_info/uid"));
    assertThat(first.at("/metadata/uid").asText())
        .isEqualTo(first.at("/finding_info/uid").asText() + "_1");
    assertThat(last.at("/metadata/sequence").asInt()).isEqualTo(2);
    assertThat(last.path("time").asLong()).isEqualTo(Samples.AT + 60_000);
  }

  @Test
  void showsWhatWasSeenBesideWhatIsUsual() throws Exception {
    JsonNode analysis = finding(Samples.drift()).at("/anomaly_analyses/0");

    assertThat(analysis.at("/analysis_targets/0/name").asText()).isEqualTo("fraud-scorer");
    assertThat(values(analysis.path("anomalies"), "age")).containsExactly("0.31");
    assertThat(values(analysis.path("baselines"), "age")).containsExactly("0.12");
    assertThat(values(analysis.path("anomalies"), "age.median")).containsExactly("47.1");
    assertThat(values(analysis.path("baselines"), "age.median")).containsExactly("41.0");
    assertThat(values(analysis.path("anomalies"), "age.total_variation")).containsExactly("0.24");
    assertThat(values(analysis.path("anomalies"), "age.histogram"))
        .containsExactly(
            "below 17 (never seen)=0.05", "age 17 to 44=0.62", "age 44 to 52=0.31", "missing=0.02");
    assertThat(values(analysis.path("baselines"), "age.histogram"))
        .containsExactly(
            "below 17 (never seen)=0.0", "age 17 to 44=0.86", "age 44 to 52=0.12", "missing=0.02");
  }

  @Test
  void filesAnAttackUnderAtlasAndLeavesOwaspUnmapped() throws Exception {
    JsonNode finding =
        finding(Samples.of(IncidentKind.EXTRACTION, IncidentState.OPEN, Handling.OPENED, 1));

    JsonNode attacks = finding.at("/finding_info/attacks");
    assertThat(attacks).hasSize(3);
    assertThat(attacks.at("/0/technique/uid").asText()).isEqualTo("AML.T0024");
    assertThat(attacks.at("/0/sub_technique/uid").asText()).isEqualTo("AML.T0024.002");
    assertThat(attacks.at("/2/technique/name").asText())
        .isEqualTo("Exfiltration via AI Inference API");
    assertThat(finding.at("/unmapped/techniques/0").asText()).isEqualTo("owasp-ml 2023 ML05");
    assertThat(finding.at("/finding_info/analytic/type").asText()).isEqualTo("Behavioral");
    assertThat(finding(Samples.drift()).at("/finding_info/analytic/type").asText())
        .isEqualTo("Statistical");
  }

  @Test
  void namesTheMembersOfACampaignAndCountsTheOthers() throws Exception {
    JsonNode finding = finding(Samples.campaign(60));

    List<String> actors = new ArrayList<>();
    finding
        .path("resources")
        .forEach(
            resource -> {
              if (resource.path("type").asText().equals("principal")) {
                actors.add(resource.path("name").asText());
              }
            });
    assertThat(actors).hasSize(50).doesNotHaveDuplicates();
    assertThat(actors.get(0)).startsWith("k9\"\\u{d}\\u{a}\\u{1b}[2J\\u{202e}\\u{0}\\u{d800}");
    assertThat(finding.at("/unmapped/members_omitted").asInt()).isEqualTo(10);
    assertThat(finding.at("/unmapped/member_count").asInt()).isEqualTo(60);
    assertThat(finding.at("/metadata/is_truncated").asBoolean()).isTrue();
    assertThat(finding(Samples.drift()).at("/metadata/is_truncated").asBoolean()).isFalse();
  }

  @Test
  void holdsNoCharacterThatIsNotPlainlyVisible() throws Exception {
    for (Notification notification : Samples.all()) {
      assertThat(Texts.of(finding(notification))).allMatch(Texts::isPlain);
    }
  }

  @Test
  void staysWithinItsLimit() throws Exception {
    assertThat(OcsfFinding.json(Samples.monstrous())).hasSizeLessThan(OcsfFinding.MAXIMUM_BYTES);
  }

  private static String life(IncidentState state, IncidentChange change) throws Exception {
    JsonNode finding =
        finding(
            Samples.of(IncidentKind.INPUT_DRIFT, state, Samples.handling(state, change, null), 2));
    return "%s %s %s, %s %s, %s"
        .formatted(
            finding.path("activity_id"),
            finding.path("activity_name").asText(),
            finding.path("type_uid"),
            finding.path("status_id"),
            finding.path("status").asText(),
            finding.path("is_alert").asBoolean() ? "alert" : "no alert");
  }

  private static int verdict(IncidentKind kind, IncidentVerdict verdict) throws Exception {
    Handling handling = Samples.handling(IncidentState.OPEN, IncidentChange.JUDGED, verdict);
    return finding(Samples.of(kind, IncidentState.OPEN, handling, 2)).path("verdict_id").asInt();
  }

  private static List<String> values(JsonNode parameters, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      if (parameter.path("observation_parameter").asText().equals(name)) {
        parameter.path("observations").forEach(each -> values.add(each.path("value").asText()));
      }
    }
    return values;
  }

  private static JsonNode finding(Notification notification) throws Exception {
    return MAPPER.readTree(OcsfFinding.json(notification));
  }

  private static JsonSchema schema() throws IOException {
    assumeThat(SCHEMA).isRegularFile();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(SCHEMA));
  }
}
