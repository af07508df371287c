package io.inferwarden.ingest.source.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.json.RecordedOutcomes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvoyFieldMapTest {
  @Test
  void looksForTheNamesThatAConfigurationSays() throws Exception {
    EnvoyFieldMap fields =
        EnvoyFieldMap.of(
            Map.of("model", List.of("llm", "ai_model"), "principal", List.of("jwt_sub")));
    RecordedOutcomes outcomes = new RecordedOutcomes();

    new EnvoySource(fields)
        .read(
            new Payload(
                "{\"ai_model\":\"m\",\"jwt_sub\":\"s\",\"response_code\":200}"
                    .getBytes(StandardCharsets.UTF_8),
                "application/json",
                Map.of(),
                1_772_409_700_000L),
            outcomes);

    assertThat(outcomes.list().get(0).path("event").toString())
        .isEqualTo("{\"time\":1772409700000,\"model\":\"m\",\"principal\":\"s\"}");
  }

  @Test
  void keepsTheUsualNamesForTheRest() {
    EnvoyFieldMap fields = EnvoyFieldMap.of(Map.of("model", List.of("llm")));

    assertThat(fields.of(EnvoyField.MODEL)).containsExactly("llm");
    assertThat(fields.of(EnvoyField.STATUS)).containsExactly("response_code");
  }

  @Test
  void refusesFieldsThatAnEventDoesNotHave() {
    assertThatThrownBy(() -> EnvoyFieldMap.of(Map.of("tokens", List.of("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("field must be one of")
        .hasMessageEndingWith("was tokens");
    assertThatThrownBy(() -> EnvoyFieldMap.of(Map.of("model", List.of(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names of model must not be blank");
  }
}
