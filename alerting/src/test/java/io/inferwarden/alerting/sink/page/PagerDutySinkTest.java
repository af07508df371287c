package io.inferwarden.alerting.sink.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.HttpSinkContract;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutySinkTest extends HttpSinkContract {
  private static final String RULES_KEY = "R" + FakePagerDuty.KEY.substring(1);

  private final FakePagerDuty pagerDuty = new FakePagerDuty();

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return sink(address, transport, FakePagerDuty.KEY);
  }

  @Override
  protected Receiver.Answer success(Receiver.Request request) {
    return pagerDuty.answer(request);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return Json.parse(request.body()).path("dedup_key").textValue();
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakePagerDuty.KEY);
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    assertThat(FakePagerDuty.errorsOf(request)).isEmpty();
    assertThat(request.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(512_000);
  }

  @Test
  void allRevisionsOfAnIncidentAreOneAlert() throws Exception {
    IncidentSink sink = sink();
    String id = Examples.of(IncidentKind.EXTRACTION).id();

    for (IncidentChange change :
        List.of(
            IncidentChange.OPENED,
            IncidentChange.UPDATED,
            IncidentChange.ESCALATED,
            IncidentChange.BLINDED)) {
      deliver(sink, Examples.changed(IncidentKind.EXTRACTION, change));
      assertThat(pagerDuty.alerts).containsEntry(id, "triggered");
    }
    deliver(sink, Examples.changed(IncidentKind.EXTRACTION, IncidentChange.ACKNOWLEDGED));
    assertThat(pagerDuty.alerts).containsEntry(id, "acknowledged");
    deliver(sink, Examples.changed(IncidentKind.EXTRACTION, IncidentChange.RESOLVED));
    assertThat(pagerDuty.alerts).containsEntry(id, "resolved");
    assertThat(pagerDuty.opened).isEqualTo(1);

    deliver(sink, Examples.changed(IncidentKind.EXTRACTION, IncidentChange.REOPENED));
    assertThat(pagerDuty.alerts).containsEntry(id, "triggered");
    assertThat(pagerDuty.opened).isEqualTo(2);
  }

  @Test
  void aReminderTriggersAgain() throws Exception {
    sink().deliver(Examples.reminder(Examples.of(IncidentKind.EXTRACTION)));

    assertThat(lastEvent().path("event_action").textValue()).isEqualTo("trigger");
  }

  @ParameterizedTest
  @CsvSource({"TRUE_POSITIVE, trigger", "FALSE_POSITIVE, resolve", "BENIGN_CHANGE, resolve"})
  void whatWasJudgedNotToBeAnIncidentIsOver(IncidentVerdict verdict, String action)
      throws Exception {
    deliver(sink(), Examples.judged(IncidentKind.EXTRACTION, verdict));

    JsonNode event = lastEvent();
    assertThat(event.path("event_action").textValue()).isEqualTo(action);
    assertThat(event.at("/payload/custom_details/judgement/verdict").textValue())
        .isEqualTo(verdict.code());
  }

  @ParameterizedTest
  @CsvSource({"INFO, info", "LOW, warning", "MEDIUM, warning", "HIGH, error", "CRITICAL, critical"})
  void mapsTheSeverity(Severity severity, String expected) {
    assertThat(PagerDutyEvent.severity(severity)).isEqualTo(expected);
  }

  @Test
  void tellsHowSureItIsAndWhy() throws Exception {
    Incident incident = Examples.of(IncidentKind.INPUT_DRIFT);

    deliver(sink(), incident);

    JsonNode payload = lastEvent().path("payload");
    JsonNode details = payload.path("custom_details");
    assertThat(payload.path("summary").textValue())
        .startsWith("[HIGH] ")
        .contains("model:fraud-scorer");
    assertThat(payload.path("source").textValue()).isEqualTo("model:fraud-scorer");
    assertThat(payload.path("class").textValue()).isEqualTo("input_drift");
    assertThat(details.path("level").doubleValue()).isEqualTo(2.5);
    assertThat(details.path("howSure").textValue()).startsWith("chance alone would do this once");
    assertThat(details.at("/evidence/0").textValue()).contains("age");
    assertThat(details.path("runbook").textValue()).isEqualTo("docs/runbooks/input-drift.md");
    assertThat(details.path("revision").longValue()).isEqualTo(1);
  }

  @Test
  void namesTheMembersOfACampaign() throws Exception {
    deliver(sink(), Examples.campaign());

    JsonNode details = lastEvent().at("/payload/custom_details");
    assertThat(details.path("members")).map(JsonNode::textValue).containsExactly("k1", "k2", "k3");
    assertThat(details.path("memberCount").longValue()).isEqualTo(3);
  }

  @Test
  void leavesOutDetailsRatherThanBeTooLargeAndSaysSo() throws Exception {
    List<String> models = IntStream.range(0, 3000).mapToObj(i -> "m".repeat(300) + i).toList();
    Finding fleet =
        new Finding(
            "fleet:age",
            Finding.ANY_MODEL,
            "",
            IncidentKind.COMMON_CAUSE,
            Severity.HIGH,
            Examples.AT,
            Examples.AT,
            9,
            3,
            Chance.UNKNOWN,
            List.of(Examples.age()),
            models);
    Incident huge = Examples.opened(fleet);

    deliver(sink(), huge);

    checkFormat(receiver.last());
    JsonNode details = lastEvent().at("/payload/custom_details");
    assertThat(details.path("omitted").textValue()).contains("512000 bytes");
    assertThat(details.path("level").doubleValue()).isEqualTo(3);
    assertThat(details.has("models")).isFalse();
  }

  @Test
  void aNewVersionIsAChangeEventThatWakesNobody() throws Exception {
    IncidentSink sink = sink();

    deliver(sink, Examples.changed(IncidentKind.VERSION_CHANGED, IncidentChange.OPENED));
    deliver(sink, Examples.changed(IncidentKind.VERSION_CHANGED, IncidentChange.RESOLVED));
    sink.deliver(Examples.reminder(Examples.of(IncidentKind.VERSION_CHANGED)));

    assertThat(pagerDuty.changes).hasSize(1);
    assertThat(pagerDuty.alerts).isEmpty();
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void aKeyOfEventRulesGetsAVersionAsAnAlertSinceItTakesNoChangeEvents() throws Exception {
    IncidentSink sink =
        sink(receiver.address(), transport(Duration.ofSeconds(10), "127.0.0.1"), RULES_KEY);

    deliver(sink, Examples.of(IncidentKind.VERSION_CHANGED));

    assertThat(lastEvent().at("/payload/severity").textValue()).isEqualTo("info");
    assertThat(pagerDuty.changes).isEmpty();
  }

  @Test
  void backsOffForAMinuteWhenThrottledWithoutATime() {
    receiver.answer(429);

    assertThat(failureOf(sink()).retryAfter()).contains(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413})
  void otherRefusalsAreFinal(int status) {
    receiver.answer(status);

    DeliveryException failure = failureOf(sink());

    assertThat(failure).hasMessage("pagerduty: HTTP " + status);
    assertThat(failure.isRetryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "0123456789abcdef0123456789abcde-",
        "0123456789abcdef0123456789abcdefg"
      })
  void refusesWhatIsNoRoutingKeyWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> RoutingKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("routing key must be 32 letters and digits, had " + text.length());
    assertThat(RoutingKey.parse(FakePagerDuty.KEY)).hasToString("***");
  }

  private JsonNode lastEvent() {
    return Json.parse(receiver.last().body());
  }

  private static void deliver(IncidentSink sink, Incident incident) throws Exception {
    sink.deliver(Examples.notification(incident));
  }

  private static IncidentSink sink(URI address, HttpTransport transport, String key) {
    return new PagerDutySink(
        new PagerDutySink.Settings(
            "oncall", address, RoutingKey.parse(key), PagerDutySink.Settings.DEFAULT_TIMEOUT),
        transport);
  }
}
