package io.inferwarden.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "fraud-*, fraud-scorer, true",
    "fraud-*, fraud-, true",
    "fraud-*, Fraud-scorer, false",
    "fraud-?, fraud-a, true",
    "fraud-?, fraud-ab, false",
    "*, anything, true",
    "*-eu, a-eu-eu, true",
    "a*b*c, aXbYc, true",
    "a*b*c, aXcYb, false",
    "a.c, abc, false",
    "[ab], a, false",
  })
  void meansWhatItSays(String pattern, String text, boolean expected) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void meansAnEmptyTextOnlyByStars() {
    assertThat(Glob.matches("**", "")).isTrue();
    assertThat(Glob.matches("?", "")).isFalse();
  }

  @Test
  void staysQuickOnNamesMadeToSlowItDown() {
    String pattern = "*a".repeat(30) + "b";

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> assertThat(Glob.matches(pattern, "a".repeat(20_000))).isFalse());
  }
}
