package io.inferwarden.alerting.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
  private static final String PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void signsThePublishedTestVectorOfStandardWebhooks() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    String signature =
        WebhookSecret.parse(PUBLISHED).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body);

    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void neverShowsItself() {
    assertThat(WebhookSecret.parse(PUBLISHED)).hasToString("whsec_***");
    assertThatThrownBy(() -> WebhookSecret.parse("whsec_not-base64-but-secret!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("webhook secret must be base64 after whsec_")
        .hasNoCause();
    assertThatThrownBy(() -> WebhookSecret.parse("hunter2"))
        .hasMessage("webhook secret must begin with whsec_");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 64})
  void takesKeysOfTheStandardsLengths(int bytes) {
    WebhookSecret secret = WebhookSecret.parse(secretOf(bytes));

    assertThat(secret.sign("id", 1, new byte[0])).startsWith("v1,");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 65})
  void refusesKeysOfOtherLengths(int bytes) {
    assertThatThrownBy(() -> WebhookSecret.parse(secretOf(bytes)))
        .hasMessage("webhook secret must hold 24 to 64 bytes, held " + bytes);
  }

  private static String secretOf(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
