package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.Test;

class OcsfHttpSinkTest extends HttpSinkContract {
  private static final String TOKEN = "eyJ0-secret_bearer.9";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return new OcsfHttpSink(
        new OcsfHttpSink.Settings("lake", address, AccessToken.parse(TOKEN), TIMEOUT), transport);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    String key = request.header("idempotency-key");
    assertThat(Json.parse(request.body()).at("/metadata/uid").asText()).isEqualTo(key);
    return key;
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    assertThat(request.header("content-type")).isEqualTo("application/x-ndjson");
    assertThat(request.body()).endsWith("}\n");
    assertThat(request.body().indexOf('\n')).isEqualTo(request.body().length() - 1);
    assertThat(request.body().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(OcsfFinding.MAXIMUM_BYTES + 1);
    JsonNode finding = Json.parse(request.body());
    assertThat(finding.path("class_uid").asInt()).isEqualTo(2004);
    assertThat(Texts.of(finding)).allMatch(Texts::isPlain);
  }

  @Test
  void showsItsTokenToTheReceiverAlone() throws Exception {
    sink().deliver(Samples.drift());

    assertThat(receiver.last().header("authorization")).isEqualTo("Bearer " + TOKEN);
  }

  @Test
  void needsNoToken() throws Exception {
    OcsfHttpSink.Settings settings =
        new OcsfHttpSink.Settings("lake", receiver.address(), null, TIMEOUT);
    try (OcsfHttpSink sink = new OcsfHttpSink(settings, transport(TIMEOUT, "127.0.0.1"))) {
      sink.deliver(Samples.drift());
    }

    assertThat(receiver.last().headers().firstValue("authorization")).isEmpty();
  }

  @Test
  void theLargestIncidentIsShortened() throws Exception {
    sink().deliver(Samples.monstrous());

    checkFormat(receiver.last());
  }

  @Test
  void aLockedDoorIsNotKnockedAtAgain() {
    receiver.answer(401);

    DeliveryException failure = failureOf(sink());

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessage("ocsf: HTTP 401");
  }

  @Test
  void refusesSettingsThatCannotWork() {
    URI url = URI.create("https://lake.example/in");

    assertThatThrownBy(() -> new OcsfHttpSink.Settings(" ", url, null, TIMEOUT))
        .hasMessage("name must not be blank");
    assertThatThrownBy(() -> new OcsfHttpSink.Settings("a", URI.create("ftp://x/y"), null, TIMEOUT))
        .hasMessageContaining("url of a");
    assertThatThrownBy(() -> new OcsfHttpSink.Settings("a", url, null, Duration.ZERO))
        .hasMessageContaining("timeout");
  }

  @Test
  void aTokenThatCannotStandInAHeaderIsRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> AccessToken.parse("abc\r\nx-evil: 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token must be visible ASCII without spaces");
    assertThatThrownBy(() -> AccessToken.parse(" \n")).hasMessageContaining("had 0");
    assertThat(AccessToken.parse(TOKEN + "\n")).hasToString("***");
    assertThat(AccessToken.parse(TOKEN + "\n").authorization("Bearer"))
        .isEqualTo("Bearer " + TOKEN);
  }
}
