package io.inferwarden.alerting.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.HttpSinkContract;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTest extends HttpSinkContract {
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Incident INCIDENT = Examples.incident("principal:k9", 1);

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    List<WebhookSecret> secrets = List.of(WebhookSecret.parse(OLD), WebhookSecret.parse(NEW));
    return new WebhookSink(new WebhookSink.Settings("siem", address, secrets, TIMEOUT), transport);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return request.header("webhook-id");
  }

  @Override
  protected List<String> secrets() {
    return List.of(OLD.substring(6), NEW.substring(6));
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    JsonNode message = Json.parse(request.body());
    assertThat(request.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
    assertThat(message.path("type").textValue()).matches("[a-zA-Z0-9_]+(\\.[a-zA-Z0-9_]+)+");
    assertThat(Instant.parse(message.path("timestamp").textValue())).isAfter(Instant.EPOCH);
    assertThat(message.path("data").path("id").textValue()).startsWith("inc_");
    assertThat(request.header("webhook-id")).doesNotContain(".");
  }

  @Test
  void anIndependentVerifierAcceptsBothSecretsOfARotationAndNoOther() throws Exception {
    // The verifier takes signatures of the last five minutes by the clock of the machine.
    HttpTransport transport =
        new HttpTransport(
            DestinationGuard.allowing(List.of("127.0.0.1")), TIMEOUT, InstantSource.system());
    try (IncidentSink sink = sink(receiver.address(), transport)) {
      sink.deliver(Examples.notification(INCIDENT));
    }

    Receiver.Request request = receiver.last();
    for (String secret : List.of(OLD, NEW)) {
      assertThatCode(() -> new Webhook(secret).verify(request.body(), request.headers().map()))
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> new Webhook(OTHER).verify(request.body(), request.headers().map()))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> new Webhook(OLD).verify(request.body() + " ", request.headers().map()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void sendsTheIncidentInTheEnvelopeOfTheStandard() throws Exception {
    sink().deliver(Examples.notification(INCIDENT));

    Receiver.Request request = receiver.last();
    JsonNode message = Json.parse(request.body());
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("webhook-id")).isEqualTo(INCIDENT.id() + "_1").doesNotContain(".");
    assertThat(request.header("webhook-timestamp")).isEqualTo("1772460150");
    assertThat(message.path("type").textValue()).isEqualTo("incident.opened");
    assertThat(message.path("timestamp").textValue()).isEqualTo("2026-03-02T14:02:00.000Z");
    assertThat(IncidentJson.fromTree(message.path("data"))).isEqualTo(INCIDENT);
  }

  @Test
  void aRetryHasTheSameIdAndBodyButItsOwnTime() throws Exception {
    receiver.answer(503);
    assertThat(failureOf(sink()).isRetryable()).isTrue();
    HttpTransport later =
        new HttpTransport(
            DestinationGuard.allowing(List.of("127.0.0.1")), TIMEOUT, () -> NOW.plusSeconds(60));

    try (IncidentSink sink = sink(receiver.address(), later)) {
      sink.deliver(Examples.notification(INCIDENT));
    }

    Receiver.Request first = receiver.requests().get(0);
    Receiver.Request second = receiver.requests().get(1);
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("webhook-timestamp")).isEqualTo("1772460210");
    assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
  }

  @ParameterizedTest
  @EnumSource(IncidentChange.class)
  void namesTheTypeAfterWhatTheRevisionTells(IncidentChange change) {
    Incident incident = Examples.changed(IncidentKind.EXTRACTION, change);

    assertThat(WebhookType.of(Examples.notification(incident)))
        .isEqualTo("incident." + change.code());
    assertThat(WebhookType.of(Examples.redelivery(incident)))
        .isEqualTo("incident." + change.code());
    assertThat(WebhookType.of(Examples.reminder(incident))).isEqualTo("incident.reminder");
  }

  @Test
  void namesTheTypeOfWhatSpeaksOfTheAlertsThemselvesAfterItsKind() {
    assertThat(Stream.of(IncidentKind.TEST, IncidentKind.WATCHDOG, IncidentKind.DIGEST))
        .map(kind -> WebhookType.of(Examples.notification(Examples.of(kind))))
        .containsExactly("alert.test", "alert.watchdog", "alert.digest");
  }

  @Test
  void theTimeIsThatOfWhatIsTold() throws Exception {
    Incident resolved = Examples.changed(IncidentKind.EXTRACTION, IncidentChange.RESOLVED);
    Incident judged = Examples.judged(IncidentKind.EXTRACTION, IncidentVerdict.BENIGN_CHANGE);

    assertThat(bodyOf(resolved).path("timestamp").textValue())
        .isEqualTo("2026-03-02T14:12:00.000Z");
    assertThat(bodyOf(judged).path("timestamp").textValue()).isEqualTo("2026-03-02T14:04:00.000Z");
  }

  @Test
  void goneDisablesTheEndpoint() {
    receiver.answer(410);
    IncidentSink sink = sink();

    assertThat(failureOf(sink).isRetryable()).isFalse();
    assertThat(sink.isEnabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413})
  void refusalsAreFinalButLeaveTheEndpointEnabled(int status) {
    receiver.answer(status);
    IncidentSink sink = sink();

    assertThat(failureOf(sink).isRetryable()).isFalse();
    assertThat(sink.isEnabled()).isTrue();
  }

  @Test
  void aReceiverMayAskNotToBeToldAgain() {
    receiver.answer(500, Map.of("webhook-delivery", "abort-message"));

    assertThat(failureOf(sink()).isRetryable()).isFalse();
  }

  @Test
  void honoursRetryAfterAsADate() {
    receiver.answer(503, Map.of("retry-after", "Mon, 02 Mar 2026 14:03:00 GMT"));

    assertThat(failureOf(sink()).retryAfter()).contains(Duration.ofSeconds(30));
  }

  @Test
  void leavesOutTheWeakestEvidenceOfALargeIncident() throws Exception {
    Evidence first = Evidence.ofPrincipal("strongest", 0.9, "x", 0.1, 0.2);
    Evidence filler = Evidence.ofPrincipal("weak", 0.002, "é".repeat(500), 0.1, 0.2);
    List<Evidence> evidence = new ArrayList<>(Collections.nCopies(40, filler));
    evidence.add(0, first);
    Incident large = Examples.incident("principal:k9", 1, IncidentState.OPEN, evidence);

    byte[] body = WebhookMessage.body(Examples.notification(large));

    JsonNode data = Json.parse(body).path("data");
    assertThat(body).hasSizeLessThan(20_000).hasSizeGreaterThan(15_000);
    assertThat(data.path("evidence").path(0).path("signal").textValue()).isEqualTo("strongest");
    assertThat(data.path("evidence").size() + data.path("evidenceOmitted").intValue())
        .isEqualTo(41);
  }

  @Test
  void leavesOutHistogramsBeforeReasons() throws Exception {
    List<HistogramBin> bins =
        Collections.nCopies(
            64, new HistogramBin("amount 1000.25 to 1000.5 " + "x".repeat(40), 0.01, 0.01, 0.01));
    Change change = Change.ofCategories(0.1, bins);
    Evidence reason = Evidence.ofModel("amount", 0.2, "missing", 0.1, 0.2, change);
    Incident large =
        Examples.incident("model:m", 1, IncidentState.OPEN, Collections.nCopies(5, reason));

    byte[] body = WebhookMessage.body(Examples.notification(large));

    JsonNode data = Json.parse(body).path("data");
    assertThat(body).hasSizeLessThan(20_000);
    assertThat(data.path("evidence")).hasSize(5);
    assertThat(data.has("evidenceOmitted")).isFalse();
    assertThat(data.path("histogramsOmitted").intValue()).isEqualTo(3);
    assertThat(data.at("/evidence/0/change/histogram")).hasSize(64);
    assertThat(data.at("/evidence/4/change/totalVariation").doubleValue()).isEqualTo(0.1);
  }

  @Test
  void namesAtMostFiftyModelsAndCountsTheOthers() throws Exception {
    List<String> models = IntStream.range(0, 1000).mapToObj(i -> "model-" + i).toList();
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
            List.of(),
            models);

    byte[] body = WebhookMessage.body(Examples.notification(Examples.opened(fleet)));

    JsonNode data = Json.parse(body).path("data");
    assertThat(data.path("models")).hasSize(50);
    assertThat(data.path("modelsOmitted").intValue()).isEqualTo(950);
    assertThat(data.path("pages").booleanValue()).isTrue();
  }

  @Test
  void namesAtMostFiftyMembersAndFewerWhereTheirNamesAreLong() throws Exception {
    Finding small = campaignOf(1000, 24_000, "k");
    Finding large = campaignOf(1000, 24_000, "n".repeat(1000));

    byte[] ofSmall = WebhookMessage.body(Examples.notification(Examples.opened(small)));
    byte[] ofLarge = WebhookMessage.body(Examples.notification(Examples.opened(large)));

    JsonNode some = Json.parse(ofSmall).path("data");
    JsonNode few = Json.parse(ofLarge).path("data");
    assertThat(some.path("members")).hasSize(50);
    assertThat(some.path("membersOmitted").intValue()).isEqualTo(950);
    assertThat(some.path("memberCount").intValue()).isEqualTo(24_000);
    assertThat(ofLarge).hasSizeLessThan(20_000);
    assertThat(few.path("members")).hasSizeBetween(10, 20);
    assertThat(few.path("membersOmitted").intValue())
        .isEqualTo(large.members().size() - few.path("members").size());
    assertThat(few.path("evidence")).hasSize(1);
  }

  @Test
  void cutsLongTextsWhereNothingElseHelpsAndSaysSo() throws Exception {
    Incident huge = Examples.incident("principal:" + "\u0001".repeat(20_000), 1);

    JsonNode data = bodyOf(huge).path("data");

    assertThat(data.path("textsCut").booleanValue()).isTrue();
    assertThat(data.path("subject").textValue()).startsWith("principal:").endsWith("…");
    assertThat(data.path("id").textValue()).isEqualTo(huge.id());
  }

  @Test
  void settingsNameWhatIsWrongButNotTheAddress() {
    URI address = URI.create("https://user:hidden@example.org/path");
    List<WebhookSecret> secrets = List.of(WebhookSecret.parse(OLD));

    assertThatThrownBy(() -> new WebhookSink.Settings("siem", address, secrets, TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url of siem must be an http or https address with a host and no user");
    assertThatThrownBy(
            () -> new WebhookSink.Settings("siem", receiver.address(), List.of(), TIMEOUT))
        .hasMessage("secrets of siem must hold at least one");
    assertThatThrownBy(
            () -> new WebhookSink.Settings("siem", receiver.address(), secrets, Duration.ZERO))
        .hasMessage("timeout must be >= 1 ms, was PT0S");
  }

  private static JsonNode bodyOf(Incident incident) throws DeliveryException {
    return Json.parse(WebhookMessage.body(Examples.notification(incident)));
  }

  private static Finding campaignOf(int named, long memberCount, String prefix) {
    List<Member> members =
        IntStream.range(0, named)
            .mapToObj(i -> new Member(prefix + i, Examples.AT, 12, 0.97))
            .toList();
    return Examples.campaign(IncidentKind.DISTILLATION, Examples.AT, 3, members, memberCount);
  }
}
