package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentJsonTest {
  private static final Incident INCIDENT = Examples.incident("principal:k9", 3);

  @Test
  void namesItsFieldsAsTheContractDoes() {
    ObjectNode json = IncidentJson.toTree(INCIDENT);

    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "schemaVersion",
            "id",
            "revision",
            "state",
            "change",
            "resolvedAt",
            "reopenings",
            "acknowledgement",
            "judgement",
            "subject",
            "model",
            "version",
            "kind",
            "severity",
            "pages",
            "title",
            "summary",
            "whatToDo",
            "runbook",
            "openedAt",
            "lastSeenAt",
            "onsetAt",
            "findings",
            "events",
            "level",
            "chanceOnceInMillis",
            "howSure",
            "evidence",
            "models",
            "members",
            "memberCount",
            "techniques");
  }

  @Test
  void writesTimesAsIsoInstantsWithMilliseconds() {
    ObjectNode json = IncidentJson.toTree(INCIDENT);

    assertThat(json.path("openedAt").textValue()).isEqualTo("2026-03-02T14:02:00.000Z");
    assertThat(json.path("onsetAt").textValue()).isEqualTo("2026-03-02T14:01:00.000Z");
  }

  @Test
  void filesAbuseUnderAtlasWithItsEdition() {
    ObjectNode json = IncidentJson.toTree(INCIDENT);

    assertThat(json.path("techniques").path(0).toString())
        .isEqualTo(
            "{\"framework\":\"atlas\",\"edition\":\"2026.09\",\"id\":\"AML.T0024.002\","
                + "\"name\":\"Extract AI Model\"}");
  }

  @Test
  void readsBackWhatItWrote() {
    Incident resolved = Examples.incident("model:\u0000\"|é", 9, IncidentState.RESOLVED, List.of());

    assertThat(IncidentJson.fromJson(IncidentJson.toJson(INCIDENT))).isEqualTo(INCIDENT);
    assertThat(IncidentJson.fromJson(IncidentJson.toJson(resolved))).isEqualTo(resolved);
  }

  @Test
  void readsBackHowSureAndHowBigItIs() {
    Incident drift =
        Examples.opened(Examples.drift(IncidentKind.INPUT_DRIFT, "7", Examples.AT, 2.8));

    ObjectNode json = IncidentJson.toTree(drift);

    assertThat(IncidentJson.fromJson(IncidentJson.toJson(drift))).isEqualTo(drift);
    assertThat(json.path("howSure").textValue())
        .isEqualTo("chance alone would do this once in 3.2 years");
    assertThat(json.path("pages").booleanValue()).isTrue();
    assertThat(json.path("runbook").textValue()).isEqualTo("docs/runbooks/input-drift.md");
    assertThat(json.at("/evidence/0/change/histogram").size()).isEqualTo(4);
  }

  @Test
  void readsBackTheMembersOfACampaign() {
    Incident campaign =
        Examples.opened(Examples.campaign(IncidentKind.EVASION, Examples.AT, 2, "k9", "k8"));

    ObjectNode json = IncidentJson.toTree(campaign);

    assertThat(IncidentJson.fromJson(IncidentJson.toJson(campaign))).isEqualTo(campaign);
    assertThat(json.path("memberCount").intValue()).isEqualTo(2);
    assertThat(json.at("/members/1").toString())
        .isEqualTo(
            "{\"principal\":\"k8\",\"since\":\"2026-03-02T14:02:00.000Z\",\"events\":12,"
                + "\"confidence\":0.975}");
  }

  @Test
  void readsIncidentsOfAReleaseThatKnewLess() {
    ObjectNode json = IncidentJson.toTree(INCIDENT);
    json.remove(
        List.of(
            "pages",
            "runbook",
            "chanceOnceInMillis",
            "howSure",
            "models",
            "members",
            "memberCount"));

    byte[] old = json.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(IncidentJson.fromJson(old)).isEqualTo(INCIDENT);
  }

  @Test
  void readsBackWhatTimeAndPeopleDidToIt() {
    Handling handling =
        Handling.OPENED
            .resolved(Examples.AT + Examples.MINUTE)
            .reopened()
            .acknowledged(new Acknowledgement("ada", Examples.AT, "looking"))
            .judged(new Judgement(IncidentVerdict.BENIGN_CHANGE, "bob", Examples.AT, ""));
    Incident handled = INCIDENT.next(IncidentState.ACKNOWLEDGED, handling);

    ObjectNode json = IncidentJson.toTree(handled);

    assertThat(IncidentJson.fromJson(IncidentJson.toJson(handled))).isEqualTo(handled);
    assertThat(json.path("change").textValue()).isEqualTo("judged");
    assertThat(json.path("resolvedAt").isNull()).isTrue();
    assertThat(json.path("reopenings").intValue()).isEqualTo(1);
    assertThat(json.path("acknowledgement").toString())
        .isEqualTo("{\"by\":\"ada\",\"at\":\"2026-03-02T14:02:00.000Z\",\"note\":\"looking\"}");
    assertThat(json.path("judgement").toString())
        .isEqualTo(
            "{\"verdict\":\"benign\",\"by\":\"bob\",\"at\":\"2026-03-02T14:02:00.000Z\","
                + "\"note\":\"\"}");
  }

  @Test
  void takesAnIncidentOfAReleaseThatKnewNoChangeForAnUpdate() {
    List<String> later =
        List.of("change", "resolvedAt", "reopenings", "acknowledgement", "judgement");
    ObjectNode open = IncidentJson.toTree(INCIDENT);
    ObjectNode resolved =
        IncidentJson.toTree(
            Examples.incident("principal:k9", 3, IncidentState.RESOLVED, List.of()));

    open.remove(later);
    resolved.remove(later);

    assertThat(IncidentJson.fromTree(open).change()).isEqualTo(IncidentChange.UPDATED);
    assertThat(IncidentJson.fromTree(resolved).handling())
        .isEqualTo(Handling.OPENED.resolved(Examples.AT));
  }

  @Test
  void refusesTimesThatAreNone() {
    String json = new String(IncidentJson.toJson(INCIDENT), StandardCharsets.UTF_8);
    String wrong =
        json.replace("\"openedAt\":\"2026-03-02T14:02:00.000Z\"", "\"openedAt\":\"yesterday\"");

    assertThatThrownBy(() -> IncidentJson.fromJson(wrong.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("openedAt must be an ISO-8601 instant");
  }

  @Test
  void refusesAnIncidentThatWasSeenBeforeItOpened() {
    String json = new String(IncidentJson.toJson(INCIDENT), StandardCharsets.UTF_8);
    String wrong =
        json.replace(
            "\"lastSeenAt\":\"2026-03-02T14:02:00.000Z\"",
            "\"lastSeenAt\":\"2026-03-02T14:01:59.000Z\"");

    assertThatThrownBy(() -> IncidentJson.fromJson(wrong.getBytes(StandardCharsets.UTF_8)))
        .hasMessage("lastSeenAtMillis must be >= 1772460120000, was 1772460119000");
  }
}
