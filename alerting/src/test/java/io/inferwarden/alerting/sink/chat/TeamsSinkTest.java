package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.HttpSinkContract;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TeamsSinkTest extends HttpSinkContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final URI CONSOLE = URI.create("https://console.example");

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return new TeamsSink(new TeamsSink.Settings("chat", address, TIMEOUT, CONSOLE), transport);
  }

  /** As a workflow does: 202, or 413 to what is too large; a card that is none is a 400 here. */
  @Override
  protected Receiver.Answer success(Receiver.Request request) {
    if (bytes(request).length > TeamsCard.MOST_BYTES) {
      return Receiver.Answer.of(413, "Request Entity too large");
    }
    boolean isCard = AdaptiveCardRules.brokenBy(Json.parse(request.body())).isEmpty();
    return Receiver.Answer.of(isCard ? 202 : 400);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return Json.parse(request.body()).at("/attachments/0/content/body/0/id").asText();
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).startsWith("application/json");
    assertThat(AdaptiveCardRules.brokenBy(Json.parse(request.body()))).isEmpty();
    assertThat(bytes(request)).hasSizeLessThanOrEqualTo(TeamsCard.MOST_BYTES);
    assertThat(keyOf(request)).startsWith("inc_");
  }

  @Test
  void whatIsTooLargeIsNotSentAgain() {
    receiver.answer(Receiver.Answer.of(413, "Request Entity too large"));
    IncidentSink sink = sink();

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessage("teams: HTTP 413");
    assertThat(sink.isEnabled()).isTrue();
  }

  @Test
  void aWorkflowThatIsNoMoreDisablesTheSink() {
    receiver.answer(410);
    IncidentSink sink = sink();

    assertThat(failureOf(sink).isRetryable()).isFalse();
    assertThat(sink.isEnabled()).isFalse();
  }

  @Test
  void settingsShowNoAddressAndRefuseWhatIsNone() {
    URI secret = URI.create("https://prod-1.logic.azure.example/workflows/a?sig=sEcReT");

    assertThat(new TeamsSink.Settings("chat", secret, TIMEOUT, null)).hasToString("teams chat");
    assertThatThrownBy(
            () -> new TeamsSink.Settings("chat", URI.create("mailto:sEcReT"), TIMEOUT, null))
        .hasMessage("url of chat must be an http or https address with a host and no user");
    assertThatThrownBy(() -> new TeamsSink.Settings("", secret, TIMEOUT, null))
        .hasMessage("name must not be blank");
  }

  private static byte[] bytes(Receiver.Request request) {
    return request.body().getBytes(StandardCharsets.UTF_8);
  }
}
