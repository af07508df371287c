package io.inferwarden.alerting.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CefEventTest {
  private static final int ROOM = 65_536;

  @Test
  void saysWhatItIsInTheHeader() {
    Incident incident = Examples.incident("principal:k9", 3);

    assertThat(CefReader.header(lineOf(incident)))
        .containsExactly(
            "CEF:0", "Inferwarden", "Inferwarden", "1", "extraction", "Model abuse", "8");
  }

  @Test
  void isReadByAForeignParserThatKnowsTypesAndLengths() {
    Incident drift =
        Examples.opened(Examples.drift(IncidentKind.INPUT_DRIFT, "7", Examples.AT, 2.8));

    Map<String, Object> fields = new ForeignCef(lineOf(drift)).extension();

    assertThat(fields)
        .containsEntry("externalId", drift.id())
        .containsEntry("InferwardenNotificationId", drift.id() + "_1")
        .containsEntry("act", "opened")
        .containsEntry("outcome", "open")
        .containsEntry("cat", "model")
        .containsEntry("rt", date(Examples.AT))
        .containsEntry("start", date(Examples.AT - 90 * Examples.MINUTE))
        .containsEntry("end", date(Examples.AT))
        .containsEntry("cnt", 1L)
        .containsEntry("cs1", "fraud-scorer")
        .containsEntry("cs1Label", "model")
        .containsEntry("cs2", "7")
        .containsEntry("cs3", "docs/runbooks/input-drift.md")
        .containsEntry("cs6", "model:fraud-scorer")
        .containsEntry("cn1", 4100L)
        .containsEntry("cn1Label", "events")
        .containsEntry("cn3", 1L)
        .containsEntry("cfp1", 2.8f)
        .containsEntry("cfp2", 0.12f)
        .containsEntry("cfp3", 0.31f)
        .containsEntry("cfp3Label", "observed share")
        .containsEntry("reason", "chance alone would do this once in 3.2 years")
        .doesNotContainKeys("suid", "cs4", "flexString1", "flexString2");
    assertThat((String) fields.get("cs5")).startsWith("age: 31 % of inputs in 44 to 52");
  }

  @Test
  void namesThePrincipalAndTheTechniques() {
    Map<String, Object> fields =
        new ForeignCef(lineOf(Examples.incident("principal:k9", 3))).extension();

    assertThat(fields)
        .containsEntry("suid", "k9")
        .containsEntry("cs6", "principal:k9")
        .containsEntry("cs4", "AML.T0024.002, AML.T0005.001, AML.T0024, ML05, LLM06")
        .containsEntry("cat", "abuse");
  }

  @Test
  void namesTheMembersOfACampaign() {
    Incident campaign =
        Examples.opened(Examples.campaign(IncidentKind.EVASION, Examples.AT, 2, "k9", "k8"));

    Map<String, Object> fields = new ForeignCef(lineOf(campaign)).extension();

    assertThat(fields)
        .containsEntry("flexString1Label", "members")
        .containsEntry("flexString1", "k9, k8")
        .containsEntry("cn2", 2L);
  }

  @Test
  void endsWhenItIsResolvedAndSaysWhatSomebodyFoundItToBe() {
    Handling handling =
        Handling.OPENED
            .judged(new Judgement(IncidentVerdict.BENIGN_CHANGE, "ada", Examples.AT, "new form"))
            .resolved(Examples.AT + Examples.MINUTE);
    Incident over = Examples.incident("principal:k9", 3).next(IncidentState.RESOLVED, handling);

    Map<String, Object> fields = new ForeignCef(lineOf(over)).extension();

    assertThat(fields)
        .containsEntry("act", "resolved")
        .containsEntry("outcome", "resolved")
        .containsEntry("end", date(Examples.AT + Examples.MINUTE))
        .containsEntry("flexString2", "benign by ada: new form");
  }

  @ParameterizedTest
  @CsvSource({"INFO, 2", "LOW, 4", "MEDIUM, 6", "HIGH, 8", "CRITICAL, 10"})
  void gravityGrowsWithSeverity(Severity severity, String gravity) {
    String line = lineOf(withSeverity(Examples.incident("principal:k9", 1), severity));

    assertThat(CefReader.header(line).get(6)).isEqualTo(gravity);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsReadByAForeignParser(IncidentKind kind) {
    String line = lineOf(Examples.opened(Examples.drift(kind, "7", Examples.AT, 2.8)));

    assertThat(new ForeignCef(line).header()).containsEntry("deviceEventClassId", kind.code());
    assertThat(CefReader.header(line).get(4)).isEqualTo(kind.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a|b|10|act=resolved",
        "x act=resolved outcome=resolved",
        "x\\",
        "x\\|y",
        "x\\= y",
        "x\\\\= cs1=other",
        "one\ntwo",
        "one\r\nCEF:0|Inferwarden|Inferwarden|1|test|Fake|2|act=opened",
        "\u2028line\u202eright\u0000end\u001b[2J",
        "=",
        "trailing= ",
      })
  void noNameForgesAFieldAHeaderOrALine(String hostile) {
    Incident harmless = incident("k9", "m", "7", "t", "s");
    Incident incident = incident(hostile, hostile, hostile, "t " + hostile, hostile);

    String line = lineOf(incident);

    assertThat(line.lines()).hasSize(1);
    assertThat(line.codePoints()).allMatch(c -> !Character.isISOControl(c) && c != 0x2028);
    assertThat(CefReader.extension(line).keySet())
        .containsExactlyElementsOf(CefReader.extension(lineOf(harmless)).keySet());
    assertThat(CefReader.extension(line))
        .containsEntry("act", "opened")
        .containsEntry("outcome", "open")
        .containsEntry("externalId", incident.id());
    assertThat(CefReader.header(line).subList(0, 5))
        .containsExactlyElementsOf(CefReader.header(lineOf(harmless)).subList(0, 5));
    Map<String, Object> foreign = new ForeignCef(line).extension();
    assertThat(foreign.keySet()).isEqualTo(new ForeignCef(lineOf(harmless)).extension().keySet());
    assertThat(foreign).containsEntry("act", "opened").containsEntry("outcome", "open");
    assertThat(new ForeignCef(line).header()).containsEntry("severity", "8");
  }

  @Test
  void printableNamesAreReadBackAsTheyWere() {
    String name = "a|b=c\\d \"quoted\" äöü 測試 😀";

    Map<String, String> fields = CefReader.extension(lineOf(incident(name, name, "7", name, "s")));

    assertThat(fields).containsEntry("suid", name).containsEntry("cs1", name);
    assertThat(CefReader.header(lineOf(incident(name, name, "7", name, "s"))).get(5))
        .isEqualTo(name);
  }

  @Test
  void cutsWhatIsLongerThanItsFieldAndSaysSo() {
    String longName = "=".repeat(5_000);
    Incident incident = incident(longName, longName, longName, longName, longName);

    CefEvent event = CefEvent.of(Examples.notification(incident), ROOM);

    assertThat(new ForeignCef(event.line()).extension()).isNotEmpty();
    assertThat(event.cut()).contains("name", "cs1", "cs2", "cs6", "suid", "msg");
    assertThat(CefReader.extension(event.line()).get("suid")).matches("=+…");
  }

  @Test
  void cutsTheSummaryFirst() {
    Incident incident = incident("k9", "m", "7", "title", "summary ".repeat(100));
    int all = CefText.bytes(lineOf(incident));

    CefEvent event = CefEvent.of(Examples.notification(incident), all - 100);

    assertThat(event.cut()).containsExactly("msg");
    assertThat(CefText.bytes(event.line())).isLessThanOrEqualTo(all - 100);
    assertThat(CefReader.extension(event.line()).get("msg")).startsWith("summary summary");
    assertThat(CefReader.extension(event.line()).get("msg")).endsWith("…");
  }

  @Test
  void keepsIdentifiersAndNumbersHoweverLittleRoomThereIs() {
    Incident incident = worst();

    CefEvent event = CefEvent.of(Examples.notification(incident), 1398);

    assertThat(CefText.bytes(event.line())).isLessThanOrEqualTo(1398);
    assertThat(CefReader.extension(event.line()))
        .containsEntry("externalId", incident.id())
        .containsEntry("cn2", "1000")
        .containsEntry("cfp3", "0.41");
    assertThat(new ForeignCef(event.line()).extension()).isNotEmpty();
  }

  /** Long names in characters of three bytes everywhere. */
  static Incident worst() {
    String name = "測".repeat(5_000);
    List<Member> members =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Member(name.substring(0, 40) + i, Examples.AT, 12, 0.975))
            .toList();
    Incident campaign =
        Examples.opened(
            Examples.campaign(
                IncidentKind.MEMBERSHIP_PROBING, Examples.AT, 1e300, members, members.size()));
    Incident judged =
        campaign.next(
            IncidentState.ACKNOWLEDGED,
            campaign
                .handling()
                .judged(new Judgement(IncidentVerdict.TRUE_POSITIVE, name, Examples.AT, name)));
    return copy(judged, name, name, name, manyReasons(name)).worded(name, name);
  }

  private static List<Evidence> manyReasons(String name) {
    Evidence reason = Evidence.ofPrincipal("probing", 0.01, name, 0.01, 0.41);
    return Collections.nCopies(50, reason);
  }

  private static Incident incident(
      String principal, String model, String version, String title, String summary) {
    Incident incident = Examples.incident("principal:" + principal, 1);
    return copy(incident, incident.subject(), model, version, incident.evidence())
        .worded(title, summary);
  }

  private static Incident withSeverity(Incident incident, Severity severity) {
    return copy(
        incident,
        incident.subject(),
        incident.model(),
        incident.version(),
        severity,
        incident.evidence());
  }

  private static Incident copy(
      Incident of, String subject, String model, String version, List<Evidence> evidence) {
    return copy(of, subject, model, version, of.severity(), evidence);
  }

  private static Incident copy(
      Incident of,
      String subject,
      String model,
      String version,
      Severity severity,
      List<Evidence> evidence) {
    return new Incident(
        of.id(),
        of.revision(),
        of.state(),
        of.handling(),
        subject,
        model,
        version,
        of.kind(),
        severity,
        of.openedAtMillis(),
        of.lastSeenAtMillis(),
        of.onsetMillis(),
        of.findings(),
        of.events(),
        of.level(),
        of.chanceOnceInMillis(),
        evidence,
        of.models(),
        of.members(),
        of.memberCount(),
        of.title(),
        of.summary());
  }

  private static Date date(long millis) {
    return Date.from(Instant.ofEpochMilli(millis));
  }

  private static String lineOf(Incident incident) {
    return CefEvent.of(Examples.notification(incident), ROOM).line();
  }
}
