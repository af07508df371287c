package io.inferwarden.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Match FRAUD = Match.builder().models("fraud-*").build();
  private static final long DAY = 24 * 60 * Examples.MINUTE;

  @Test
  void holdsFromItsStartUntilJustBeforeItsEnd() {
    Silence silence = lasting(60_000);

    assertThat(silence.isActive(Examples.AT - 1)).isFalse();
    assertThat(silence.isActive(Examples.AT)).isTrue();
    assertThat(silence.isActive(Examples.AT + 59_999)).isTrue();
    assertThat(silence.isActive(Examples.AT + 60_000)).isFalse();
  }

  @Test
  void readsBackWhatItWrites() {
    Silence silence = lasting(60_000);

    assertThat(SilenceJson.fromJson(SilenceJson.toJson(silence))).isEqualTo(silence);
    assertThat(new String(SilenceJson.toJson(silence), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":\"sil_1\",\"match\":{\"models\":[\"fraud-*\"]},\"author\":\"ada\","
                + "\"reason\":\"a known import\",\"startsAt\":\"2026-03-02T14:02:00.000Z\","
                + "\"endsAt\":\"2026-03-02T14:03:00.000Z\","
                + "\"createdAt\":\"2026-03-02T14:02:00.000Z\"}");
  }

  @Test
  void endsEarlyButNeverLater() {
    Silence silence = lasting(60_000);

    assertThat(silence.ended(Examples.AT + 1000).endsAtMillis()).isEqualTo(Examples.AT + 1000);
    assertThat(silence.ended(Examples.AT + 90_000)).isEqualTo(silence);
    assertThat(silence.ended(Examples.AT - 5).isActive(Examples.AT - 5)).isFalse();
  }

  @Test
  void isNotForEver() {
    assertThat(lasting(90 * DAY).isActive(Examples.AT + 89 * DAY)).isTrue();
    assertThatThrownBy(() -> lasting(91 * DAY))
        .hasMessage("endsAt must be at most 90 days after startsAt, was 91 days after");
    assertThatThrownBy(() -> lasting(-1)).hasMessage("endsAt must not be before startsAt");
  }

  @Test
  void asksWhatWhoAndWhy() {
    assertThatThrownBy(() -> new Silence("sil_1", Match.ANYTHING, "ada", "why", 0, 1, 0))
        .hasMessage("match must have at least one condition");
    assertThatThrownBy(() -> new Silence("sil_1", FRAUD, " ", "why", 0, 1, 0))
        .hasMessage("author must not be blank");
    assertThatThrownBy(() -> new Silence("sil_1", FRAUD, "ada", "", 0, 1, 0))
        .hasMessage("reason must not be blank");
    assertThatThrownBy(() -> new Silence("a b", FRAUD, "ada", "why", 0, 1, 0))
        .hasMessageContaining("id must be 1 to 64 letters");
    assertThatThrownBy(() -> new Silence("sil_1", FRAUD, "a".repeat(201), "why", 0, 1, 0))
        .hasMessage("author must be at most 200 characters, was 201");
  }

  private static Silence lasting(long millis) {
    return new Silence(
        "sil_1", FRAUD, "ada", "a known import", Examples.AT, Examples.AT + millis, Examples.AT);
  }
}
