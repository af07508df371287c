package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.HttpSinkContract;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackSinkTest extends HttpSinkContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final URI CONSOLE = URI.create("https://console.example");

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return new SlackSink(new SlackSink.Settings("chat", address, TIMEOUT, CONSOLE), transport);
  }

  /** As Slack does: {@code ok}, or 400 with a code. */
  @Override
  protected Receiver.Answer success(Receiver.Request request) {
    List<String> broken = SlackRules.brokenBy(Json.parse(request.body()));
    return broken.isEmpty()
        ? Receiver.Answer.of(200, "ok")
        : Receiver.Answer.of(400, "invalid_payload");
  }

  @Override
  protected Receiver.Answer refusal() {
    return Receiver.Answer.of(400, "invalid_payload");
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return Json.parse(request.body()).at("/blocks/0/block_id").asText();
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).startsWith("application/json");
    JsonNode message = Json.parse(request.body());
    assertThat(SlackRules.brokenBy(message)).isEmpty();
    assertThat(keyOf(request)).startsWith("inc_");
  }

  @ParameterizedTest
  @CsvSource({"404, no_service", "404, channel_not_found", "410, channel_is_archived", "410, ''"})
  void aWebhookThatIsNoMoreDisablesTheSink(int status, String body) {
    receiver.answer(Receiver.Answer.of(status, body));
    IncidentSink sink = sink();

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining(body);
    assertThat(sink.isEnabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"400, invalid_payload", "403, action_prohibited", "404, <html>", "413, ''"})
  void anotherRefusalIsFinalForTheMessageAlone(int status, String body) {
    receiver.answer(Receiver.Answer.of(status, body));
    IncidentSink sink = sink();

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageNotContaining("<html>");
    assertThat(sink.isEnabled()).isTrue();
  }

  @Test
  void successIsNotSuccessWithoutOk() {
    receiver.answer(Receiver.Answer.of(200, "<html>Sign in</html>"));

    DeliveryException failure = failureOf(sink());

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessage("slack: HTTP 200 without ok: something else answered");
  }

  @Test
  void saysWhichFaultSlackHad() {
    receiver.answer(Receiver.Answer.of(500, "rollup_error"));

    assertThat(failureOf(sink())).hasMessage("slack rollup_error: HTTP 500");
  }

  @Test
  void linksTheIncidentWhereThereIsAConsole() throws Exception {
    sink().deliver(Examples.notification(Examples.of(IncidentKind.EXTRACTION)));

    assertThat(receiver.last().body()).contains("\"url\":\"https://console.example/incidents/inc_");
  }

  @Test
  void settingsShowNoAddressAndRefuseWhatIsNone() {
    URI secret = URI.create("https://hooks.slack.example/services/T0/B0/sEcReT");

    assertThat(new SlackSink.Settings("chat", secret, TIMEOUT, null)).hasToString("slack chat");
    assertThatThrownBy(
            () -> new SlackSink.Settings("chat", URI.create("ftp://h/sEcReT"), TIMEOUT, null))
        .hasMessage("url of chat must be an http or https address with a host and no user");
    assertThatThrownBy(() -> new SlackSink.Settings(" ", secret, TIMEOUT, null))
        .hasMessage("name must not be blank");
    assertThatThrownBy(() -> new SlackSink.Settings("chat", secret, Duration.ZERO, null))
        .hasMessageContaining("timeout must be >= 1 ms");
  }
}
