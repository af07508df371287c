package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
  @ParameterizedTest
  @CsvSource({
    "fraud, fraud, true",
    "fraud, fraud-eu, false",
    "fraud, Fraud, false",
    "fraud-*, fraud-eu, true",
    "fraud-*, fraud-, true",
    "fraud-*, fraud, false",
    "*-eu, fraud-eu, true",
    "*-eu, fraud-eu-2, false",
    "a*b*c, a.b.b.c, true",
    "a*b*c, a.c.b, false",
    "*, anything, true",
    "**, x, true",
    "f.aud, fraud, false",
    "f?aud, fraud, false"
  })
  void speaksOfTheModelsThatAPatternNames(String pattern, String model, boolean expected) {
    assertThat(new Client("k", "t", Set.of("other", pattern)).maySpeakOf(model))
        .isEqualTo(expected);
  }

  @Test
  void speaksOfAllModelsWithoutAPattern() {
    assertThat(Client.local().maySpeakOf("anything")).isTrue();
  }

  @Test
  void aHostileNameCostsNoMoreThanItsLength() {
    String model = "a".repeat(256);
    String pattern = "a*".repeat(100) + "b";

    boolean matches =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> ModelPattern.matches(pattern, model));

    assertThat(matches).isFalse();
  }

  @Test
  void refusesNamesThatCouldForgeALineOrATenant() {
    assertThatThrownBy(() -> new Client("k", "", Set.of())).hasMessage("tenant must not be blank");
    assertThatThrownBy(() -> new Client("k\n", "t", Set.of()))
        .hasMessage("name must have no control characters");
    assertThatThrownBy(() -> new Client("k", "t\u001fprincipal", Set.of()))
        .hasMessage("tenant must have no control characters");
  }
}
