package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.IncidentJson;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a local server that answers with the documented codes of the HTTP Event Collector. */
class SplunkSinkTest extends HttpSinkContract {
  private static final String TOKEN = "b0221cd8-c4b4-465a-9a3c-273e3a75aa29";
  private static final UUID CHANNEL = UUID.fromString("2a7b1a44-3c1f-4d0e-9a01-3f6f1d3c0b11");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private boolean asksForAChannel;

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return new SplunkSink(settings(address, TOKEN, CHANNEL, "security"), transport);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return Json.parse(request.body()).at("/fields/notification_id").asText();
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }

  @Override
  protected Receiver.Answer refusal() {
    return coded(400, 6);
  }

  /** The documented checks in their order. */
  @Override
  protected Receiver.Answer success(Receiver.Request request) {
    String authorization = request.headers().firstValue("authorization").orElse("");
    String channel = request.headers().firstValue("x-splunk-request-channel").orElse("");
    if (authorization.isEmpty()) {
      return coded(401, 2);
    }
    if (!authorization.startsWith("Splunk ")) {
      return coded(401, 3);
    }
    if (!authorization.equals("Splunk " + TOKEN)) {
      return coded(403, 4);
    }
    if (!request.target().getPath().endsWith("/services/collector/event")) {
      return Receiver.Answer.of(404, "{\"text\":\"The requested URL was not found\",\"code\":404}");
    }
    if (asksForAChannel && channel.isEmpty()) {
      return coded(400, 10);
    }
    return judged(request.body());
  }

  private static Receiver.Answer judged(String body) {
    if (body.isBlank()) {
      return coded(400, 5);
    }
    JsonNode object = Json.parse(body);
    if (!object.has("event")) {
      return coded(400, 12);
    }
    if (object.path("event").isEmpty()) {
      return coded(400, 13);
    }
    if (!object.path("index").asText("security").equals("security")) {
      return coded(400, 7);
    }
    for (JsonNode field : object.path("fields")) {
      if (field.isContainerNode()) {
        return coded(400, 15);
      }
    }
    return coded(200, 0);
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    JsonNode object = Json.parse(request.body());
    assertThat(object.fieldNames())
        .toIterable()
        .isSubsetOf("time", "host", "source", "sourcetype", "index", "fields", "event");
    assertThat(object.path("time").isNumber()).isTrue();
    assertThat(object.path("fields")).allMatch(JsonNode::isTextual);
    assertThat(request.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(10_000);
    assertThat(IncidentJson.fromTree(object.path("event")).id()).startsWith("inc_");
    assertThat(Texts.of(object)).allMatch(Texts::isPlain);
  }

  @Test
  void sendsTheIncidentUnderTheTimeOfWhatItTells() throws Exception {
    sink().deliver(Samples.drift());

    JsonNode object = Json.parse(receiver.last().body());
    assertThat(receiver.last().body()).startsWith("{\"time\":1772460120.000,");
    assertThat(object.path("sourcetype").asText()).isEqualTo("inferwarden:incident");
    assertThat(object.path("index").asText()).isEqualTo("security");
    assertThat(object.has("host")).isFalse();
    assertThat(IncidentJson.fromTree(object.path("event"))).isNotNull();
    assertThat(object.at("/event/evidence/0/change/histogram")).hasSize(4);
    assertThat(receiver.last().header("authorization")).isEqualTo("Splunk " + TOKEN);
    assertThat(receiver.last().header("x-splunk-request-channel")).isEqualTo(CHANNEL.toString());
  }

  @Test
  void noFieldIsFoundTwiceBySearches() throws Exception {
    sink().deliver(Samples.drift());

    JsonNode object = Json.parse(receiver.last().body());
    assertThat(object.path("fields").fieldNames())
        .toIterable()
        .contains("notification_id", "incident_kind", "incident_subject")
        .doesNotContainAnyElementsOf(object.path("event")::fieldNames);
  }

  @ParameterizedTest
  @CsvSource({
    "403, 1, false", "401, 2, false", "401, 3, false", "403, 4, false", "400, 5, false",
    "400, 6, false", "400, 7, false", "500, 8, true", "503, 9, true", "400, 10, false",
    "400, 11, false", "400, 12, false", "400, 13, false", "400, 14, false", "400, 15, false",
    "400, 16, false", "503, 18, true", "503, 19, true", "503, 20, true", "429, 26, true",
    "429, 27, true", "200, 9, true"
  })
  void knowsTheCodesThatMayBeRetried(int status, int code, boolean isRetryable) {
    receiver.answer(coded(status, code));

    DeliveryException failure = failureOf(sink());

    assertThat(failure.isRetryable()).isEqualTo(isRetryable);
    assertThat(failure)
        .hasMessageStartingWith("splunk code " + code)
        .hasMessageEndingWith(": HTTP " + status);
  }

  @Test
  void nearCapacityAndAPlainAnswerAreSuccess() throws Exception {
    receiver.answer(coded(200, 25)).answer(Receiver.Answer.of(200, "ok"));
    IncidentSink sink = sink();

    sink.deliver(Samples.drift());
    sink.deliver(Samples.drift());

    assertThat(receiver.requests()).hasSize(2);
  }

  @Test
  void theCollectorRefusesAWrongTokenAWrongIndexAndAMissingChannel() {
    asksForAChannel = true;

    assertThat(failureOf(sinkWith("wrong", CHANNEL, "security"))).hasMessageContaining("code 4");
    assertThat(failureOf(sinkWith(TOKEN, CHANNEL, "main"))).hasMessageContaining("code 7");
    assertThat(failureOf(sinkWith(TOKEN, null, "security"))).hasMessageContaining("code 10");
  }

  @Test
  void theLargestIncidentIsShortened() throws Exception {
    sink().deliver(Samples.monstrous());
    sink().deliver(Samples.campaign(1_000));

    assertThat(receiver.requests()).hasSize(2).allSatisfy(this::checkFormat);
    JsonNode event = Json.parse(receiver.last().body()).path("event");
    assertThat(event.path("membersOmitted").asInt() + event.path("members").size())
        .isEqualTo(1_000);
    assertThat(event.path("memberCount").asInt()).isEqualTo(1_000);
  }

  @Test
  void refusesSettingsThatCannotWork() {
    URI url = URI.create("https://splunk.example:8088");

    assertThatThrownBy(() -> settings(url, TOKEN, null, "x".repeat(256)))
        .hasMessage("index must have <= 255 characters, had 256");
    assertThat(settings(url, TOKEN, null, "")).hasToString("splunk splunk");
  }

  private SplunkSink sinkWith(String token, @Nullable UUID channel, String index) {
    return new SplunkSink(
        settings(receiver.address(), token, channel, index), transport(TIMEOUT, "127.0.0.1"));
  }

  private static SplunkSink.Settings settings(
      URI address, String token, @Nullable UUID channel, String index) {
    return new SplunkSink.Settings(
        "splunk",
        address,
        AccessToken.parse(token),
        channel,
        index,
        "",
        SplunkSink.Settings.DEFAULT_SOURCETYPE,
        TIMEOUT);
  }

  private static Receiver.Answer coded(int status, int code) {
    return Receiver.Answer.of(status, "{\"text\":\"of code " + code + "\",\"code\":" + code + "}");
  }
}
