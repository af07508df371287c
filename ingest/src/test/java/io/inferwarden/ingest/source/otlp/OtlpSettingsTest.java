package io.inferwarden.ingest.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.source.MalformedPayloadException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpSettingsTest {
  @Test
  void refusesBlankNames() {
    assertThatThrownBy(() -> new OtlpSettings(List.of("a", " "), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("principalAttributes");
  }

  @Test
  void takesThePrincipalFromTheAttributeThatIsAskedFor() throws MalformedPayloadException {
    RecordedVariant variant =
        RecordedVariant.all().stream()
            .filter(recorded -> recorded.name().startsWith("openinference-llm"))
            .findFirst()
            .orElseThrow();
    OtlpSettings settings = new OtlpSettings(List.of("session.id"), List.of("user.id"), List.of());
    CollectedEvents events = new CollectedEvents();

    new OtlpTraceSource(settings).read(variant.payload(), events);

    assertThat(events.found.get(0).path("event").path("principal").asText()).isEqualTo("s1");
    assertThat(events.found.get(0).path("event").path("org").asText()).isEqualTo("u1");
  }
}
