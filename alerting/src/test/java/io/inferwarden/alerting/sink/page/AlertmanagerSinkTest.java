package io.inferwarden.alerting.sink.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.HttpSinkContract;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerSinkTest extends HttpSinkContract {
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Receiver second = new Receiver(request -> Receiver.Answer.of(200));
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @AfterEach
  void stopTheSecond() {
    second.close();
  }

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return new AlertmanagerSink(settings(Map.of(), address), transport);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return Json.parse(request.body()).at("/0/labels").toString();
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    JsonNode alerts = Json.parse(request.body());
    assertThat(request.target().getPath()).endsWith("/api/v2/alerts");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(alerts.isArray()).isTrue();
    assertThat(alerts).hasSize(1);
    JsonNode alert = alerts.path(0);
    for (String part : List.of("labels", "annotations")) {
      assertThat(alert.path(part)).isNotEmpty().allMatch(JsonNode::isTextual);
      alert.path(part).fieldNames().forEachRemaining(n -> assertThat(n).matches("[a-zA-Z_]\\w*"));
    }
    assertThat(timeOf(alert, "startsAt")).isBefore(timeOf(alert, "endsAt"));
  }

  @Test
  void theLabelsHoldOnlyWhatNeverChanges() throws Exception {
    IncidentSink sink = sink();
    for (IncidentChange change : IncidentChange.values()) {
      sink.deliver(Examples.notification(Examples.changed(IncidentKind.EXTRACTION, change)));
    }

    assertThat(receiver.requests().stream().map(this::keyOf).distinct()).hasSize(1);
    JsonNode labels = Json.parse(receiver.last().body()).at("/0/labels");
    assertThat(labels.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("alertname", "incident", "subject", "model");
  }

  @Test
  void kindsThatMayTurnIntoEachOtherShareAName() {
    assertThat(AlertmanagerAlert.alertName(IncidentKind.EXTRACTION))
        .isEqualTo(AlertmanagerAlert.alertName(IncidentKind.DISTILLATION))
        .isEqualTo("InferwardenModelAbuse");
    assertThat(AlertmanagerAlert.alertName(IncidentKind.INPUT_DRIFT))
        .isEqualTo("InferwardenInputDrift");
    assertThat(AlertmanagerAlert.alertName(IncidentKind.WATCHDOG)).isEqualTo("InferwardenWatchdog");
  }

  @ParameterizedTest
  @EnumSource(IncidentKind.class)
  void theNameOfEveryKindIsOneWord(IncidentKind kind) {
    assertThat(AlertmanagerAlert.alertName(kind)).matches("Inferwarden([A-Z][a-z]+)+");
  }

  @Test
  void anOpenIncidentIsValidForAWhileAndOneThatIsOverHasEnded() throws Exception {
    IncidentSink sink = sink();

    sink.deliver(Examples.refresh(Examples.of(IncidentKind.EXTRACTION)));
    JsonNode open = Json.parse(receiver.last().body()).path(0);
    sink.deliver(
        Examples.refresh(Examples.changed(IncidentKind.EXTRACTION, IncidentChange.RESOLVED)));
    JsonNode over = Json.parse(receiver.last().body()).path(0);

    assertThat(timeOf(open, "startsAt")).isEqualTo(Instant.ofEpochMilli(Examples.AT));
    assertThat(timeOf(open, "endsAt")).isEqualTo(NOW.plus(FIVE_MINUTES));
    assertThat(timeOf(over, "startsAt")).isEqualTo(timeOf(open, "startsAt"));
    assertThat(timeOf(over, "endsAt")).isEqualTo(NOW);
  }

  @Test
  void anIncidentOfTheFutureHasBegunAllTheSame() {
    Incident incident = Examples.changed(IncidentKind.EXTRACTION, IncidentChange.RESOLVED);

    byte[] body =
        AlertmanagerAlert.body(
            incident, Instant.ofEpochMilli(Examples.AT - 1000), FIVE_MINUTES, Map.of());

    JsonNode alert = Json.parse(body).path(0);
    assertThat(timeOf(alert, "startsAt")).isBefore(timeOf(alert, "endsAt"));
  }

  @Test
  void everyReplicaIsTold() throws Exception {
    replicated(TIMEOUT).deliver(Examples.notification(Examples.of(IncidentKind.EXTRACTION)));

    assertThat(receiver.requests()).hasSize(1);
    assertThat(second.requests()).hasSize(1);
    assertThat(second.last().body()).isEqualTo(receiver.last().body());
  }

  @Test
  void aDeadReplicaHoldsUpNobodyAndIsAskedAgainAfterAPause() throws Exception {
    IncidentSink sink = replicated(Duration.ofMillis(1500));
    receiver.answer(Receiver.Answer.hanging());

    sink.deliver(Examples.refresh(Examples.of(IncidentKind.EXTRACTION)));
    sink.deliver(Examples.refresh(Examples.of(IncidentKind.EXTRACTION)));
    assertThat(receiver.requests()).hasSize(1);
    assertThat(second.requests()).hasSize(2);

    now.set(NOW.plus(AlertmanagerSink.PAUSE));
    sink.deliver(Examples.refresh(Examples.of(IncidentKind.EXTRACTION)));
    assertThat(receiver.requests()).hasSize(2);
    assertThat(second.requests()).hasSize(3);
  }

  @Test
  void failsWhenNoReplicaTookItAndAsksPausedOnesBeforeThat() throws Exception {
    IncidentSink sink = replicated(TIMEOUT);
    receiver.answer(503).answer(400);
    second.answer(503, Map.of("retry-after", "9")).answer(500);

    DeliveryException both = failureOf(sink);
    DeliveryException again = failureOf(sink);

    assertThat(both.isRetryable()).isTrue();
    assertThat(both.retryAfter()).isEmpty();
    assertThat(again.isRetryable()).isTrue();
    assertThat(receiver.requests()).hasSize(2);
    assertThat(second.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 415, 422})
  void whatAlertmanagerCannotTakeIsNotSentAgain(int status) {
    receiver.answer(status);

    assertThat(failureOf(sink()).isRetryable()).isFalse();
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void furtherLabelsLetAlertmanagerRoute() throws Exception {
    IncidentSink sink =
        new AlertmanagerSink(
            settings(Map.of("severity", "critical", "team", "ml"), receiver.base()),
            transport(TIMEOUT, "127.0.0.1"));

    sink.deliver(Examples.notification(Examples.of(IncidentKind.MODEL_REPLACED)));

    JsonNode labels = Json.parse(receiver.last().body()).at("/0/labels");
    assertThat(labels.path("severity").textValue()).isEqualTo("critical");
    assertThat(labels.path("team").textValue()).isEqualTo("ml");
  }

  @Test
  void settingsNameWhatIsWrong() {
    assertThatThrownBy(() -> settings(Map.of("a.b", "x"), receiver.base()))
        .hasMessage("label must be of letters, digits and '_', was a.b");
    assertThatThrownBy(() -> settings(Map.of("incident", "x"), receiver.base()))
        .hasMessage("label must not be one of its own, was incident");
    assertThatThrownBy(() -> settings(Map.of("team", " "), receiver.base()))
        .hasMessage("label team must not be blank");
    assertThatThrownBy(() -> settings(Map.of())).hasMessage("urls of am must hold at least one");
    assertThatThrownBy(
            () ->
                new AlertmanagerSink.Settings(
                    "am", List.of(receiver.base()), Map.of(), Duration.ofMinutes(4), TIMEOUT))
        .hasMessage("validity of am must be >= PT5M, was PT4M");
  }

  private IncidentSink replicated(Duration timeout) {
    HttpTransport transport =
        new HttpTransport(DestinationGuard.allowing(List.of("127.0.0.1")), timeout, now::get);
    return new AlertmanagerSink(settings(Map.of(), receiver.base(), second.base()), transport);
  }

  private static AlertmanagerSink.Settings settings(Map<String, String> labels, URI... urls) {
    return new AlertmanagerSink.Settings("am", List.of(urls), labels, FIVE_MINUTES, TIMEOUT);
  }

  private static Instant timeOf(JsonNode alert, String name) {
    return Instant.parse(alert.path(name).textValue());
  }
}
