package io.inferwarden.alerting.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.outbox.DeliveryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-03-02T14:02:30Z");

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
  void mayBeRetriedWhereTheReceiverMayRecover(int status) {
    HttpAnswer answer = new HttpAnswer(status, Map.of("Retry-After", "30"), "echo of a secret");

    DeliveryException failure = answer.asFailure("sink", CLOCK);

    assertThat(failure).hasMessage("sink: HTTP " + status).hasNoCause();
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 410, 413, 422})
  void isFinalWhereTheReceiverWillSayTheSameAgain(int status) {
    HttpAnswer answer = new HttpAnswer(status, Map.of("retry-after", "30"), "");

    assertThat(answer.isSuccess()).isFalse();
    assertThat(answer.asFailure("sink", CLOCK).isRetryable()).isFalse();
  }

  @Test
  void aRetryAfterThatNobodyCanReadIsNone() {
    HttpAnswer answer = new HttpAnswer(503, Map.of("retry-after", "soon"), "");

    assertThat(answer.asFailure("sink", CLOCK).retryAfter()).isEmpty();
    assertThat(new HttpAnswer(200, Map.of(), "").isSuccess()).isTrue();
  }
}
