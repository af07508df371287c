package io.inferwarden.alerting.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-02T14:02:00Z");

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("9".repeat(40), NOW)).contains(Duration.ofSeconds(99_999_999));
  }

  @Test
  void readsDatesAndTakesPastOnesAsNow() {
    assertThat(RetryAfter.parse("Mon, 02 Mar 2026 14:02:30 GMT", NOW))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Mon, 02 Mar 2026 14:01:30 GMT", NOW)).contains(Duration.ZERO);
  }

  @Test
  void ignoresWhatIsNeither() {
    assertThat(RetryAfter.parse("", NOW)).isEmpty();
    assertThat(RetryAfter.parse("-5", NOW)).isEmpty();
    assertThat(RetryAfter.parse("soon", NOW)).isEmpty();
  }
}
