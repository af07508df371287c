package io.inferwarden.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.DeliveryException;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookSinkTest {
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final Instant NOW = Instant.parse("2026-03-02T14:02:30Z");
  private static final Incident INCIDENT = Examples.incident("principal:k9", 1);

  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void anIndependentVerifierAcceptsBothSecretsOfARotationAndNoOther() throws Exception {
    sink(InstantSource.system(), OLD, NEW).deliver(Examples.notification(INCIDENT));

    Receiver.Request request = receiver.requests.get(0);
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
    sink(() -> NOW, OLD).deliver(Examples.notification(INCIDENT));

    Receiver.Request request = receiver.requests.get(0);
    JsonNode message = new ObjectMapper().readTree(request.body());
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("webhook-id")).isEqualTo(INCIDENT.id() + "_1").doesNotContain(".");
    assertThat(request.header("webhook-timestamp")).isEqualTo("1772460150");
    assertThat(message.path("type").textValue()).isEqualTo("incident.opened");
    assertThat(message.path("timestamp").textValue()).isEqualTo("2026-03-02T14:02:00.000Z");
    assertThat(
            IncidentJson.fromJson(message.path("data").toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(INCIDENT);
  }

  @Test
  void aRetryHasTheSameIdAndBodyButItsOwnTime() throws Exception {
    receiver.answer(503);
    assertThat(failureOf(sink(() -> NOW, OLD)).isRetryable()).isTrue();

    sink(() -> NOW.plusSeconds(60), OLD).deliver(Examples.notification(INCIDENT));

    Receiver.Request first = receiver.requests.get(0);
    Receiver.Request second = receiver.requests.get(1);
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("webhook-timestamp")).isEqualTo("1772460210");
    assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
  }

  @Test
  void namesTheTypeAfterWhatHappened() {
    Incident resolved = Examples.incident("principal:k9", 3, IncidentState.RESOLVED, List.of());

    assertThat(WebhookMessage.type(Examples.incident("principal:k9", 2)))
        .isEqualTo("incident.updated");
    assertThat(WebhookMessage.type(resolved)).isEqualTo("incident.resolved");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void overloadAndServerFaultsMayBeRetried(int status) {
    receiver.answer(status);

    DeliveryException failure = failureOf(sink(() -> NOW, OLD));

    assertThat(failure).hasMessage("HTTP " + status);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413})
  void refusalsAreFinal(int status) {
    receiver.answer(status);
    WebhookSink sink = sink(() -> NOW, OLD);

    assertThat(failureOf(sink).isRetryable()).isFalse();
    assertThat(sink.isEnabled()).isTrue();
  }

  @Test
  void aRedirectIsAFailureAndNotFollowed() {
    receiver.answer(302, Map.of("location", receiver.address().toString()));

    DeliveryException failure = failureOf(sink(() -> NOW, OLD));

    assertThat(failure).hasMessage("HTTP 302");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(receiver.requests).hasSize(1);
  }

  @Test
  void goneDisablesTheEndpoint() {
    receiver.answer(410);
    WebhookSink sink = sink(() -> NOW, OLD);

    assertThat(failureOf(sink).isRetryable()).isFalse();
    assertThat(sink.isEnabled()).isFalse();
  }

  @Test
  void honoursRetryAfterInSecondsAndAsADate() {
    receiver.answer(429, Map.of("retry-after", "7"));
    receiver.answer(503, Map.of("retry-after", "Mon, 02 Mar 2026 14:03:00 GMT"));
    WebhookSink sink = sink(() -> NOW, OLD);

    assertThat(failureOf(sink).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failureOf(sink).retryAfter()).contains(Duration.ofSeconds(30));
  }

  @Test
  void aReceiverThatNeverFinishesItsAnswerTimesOut() {
    receiver.dripForever();
    WebhookSink sink = sink(() -> NOW, Duration.ofMillis(300), receiver.address());

    DeliveryException failure = failureOf(sink);

    assertThat(failure).hasMessage("no answer within PT0.3S");
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void aLostConnectionMayBeRetriedAndKeepsTheAddressToItself() {
    URI address = receiver.address();
    receiver.close();

    DeliveryException failure = failureOf(sink(() -> NOW, Duration.ofSeconds(5), address));

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessage("no answer: ConnectException");
  }

  @Test
  void leavesOutTheWeakestEvidenceOfALargeIncident() throws Exception {
    Evidence first = Evidence.ofPrincipal("strongest", 0.9, "x", 0.1, 0.2);
    Evidence filler = Evidence.ofPrincipal("weak", 0.002, "é".repeat(500), 0.1, 0.2);
    List<Evidence> evidence = new ArrayList<>(Collections.nCopies(40, filler));
    evidence.add(0, first);
    Incident large = Examples.incident("principal:k9", 1, IncidentState.OPEN, evidence);

    byte[] body = WebhookMessage.body(large);

    JsonNode data = new ObjectMapper().readTree(body).path("data");
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

    byte[] body = WebhookMessage.body(large);

    JsonNode data = new ObjectMapper().readTree(body).path("data");
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

    byte[] body = WebhookMessage.body(Examples.opened(fleet));

    JsonNode data = new ObjectMapper().readTree(body).path("data");
    assertThat(data.path("models")).hasSize(50);
    assertThat(data.path("modelsOmitted").intValue()).isEqualTo(950);
    assertThat(data.path("pages").booleanValue()).isTrue();
  }

  @Test
  void namesAtMostFiftyMembersAndFewerWhereTheirNamesAreLong() throws Exception {
    Finding small = campaignOf(1000, 24_000, "k");
    Finding large = campaignOf(1000, 24_000, "n".repeat(1000));

    byte[] ofSmall = WebhookMessage.body(Examples.opened(small));
    byte[] ofLarge = WebhookMessage.body(Examples.opened(large));

    JsonNode some = new ObjectMapper().readTree(ofSmall).path("data");
    JsonNode few = new ObjectMapper().readTree(ofLarge).path("data");
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
  void refusesAnIncidentThatIsTooLargeWithoutAnyEvidence() {
    Incident huge = Examples.incident("principal:" + "n".repeat(20_000), 1);

    assertThatThrownBy(() -> WebhookMessage.body(huge))
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("payload must be < 20000 bytes, was 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/b", "/relative", "https:///nohost", "https://user:pw@host/"})
  void refusesAddressesThatAreNoWebhook(String address) {
    assertThatThrownBy(() -> sink(() -> NOW, Duration.ofSeconds(1), URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("endpoint of siem must be an http or https address with a host and no user");
  }

  private static Finding campaignOf(int named, long memberCount, String prefix) {
    List<Member> members =
        IntStream.range(0, named)
            .mapToObj(i -> new Member(prefix + i, Examples.AT, 12, 0.97))
            .toList();
    return Examples.campaign(IncidentKind.DISTILLATION, Examples.AT, 3, members, memberCount);
  }

  private static DeliveryException failureOf(WebhookSink sink) {
    return catchThrowableOfType(
        DeliveryException.class, () -> sink.deliver(Examples.notification(INCIDENT)));
  }

  private WebhookSink sink(InstantSource clock, String... secrets) {
    List<WebhookSecret> parsed = List.of(secrets).stream().map(WebhookSecret::parse).toList();
    return new WebhookSink("siem", receiver.address(), parsed, Duration.ofSeconds(10), clock);
  }

  private static WebhookSink sink(InstantSource clock, Duration timeout, URI address) {
    List<WebhookSecret> secrets = List.of(WebhookSecret.parse(OLD));
    return new WebhookSink("siem", address, secrets, timeout, clock);
  }
}
