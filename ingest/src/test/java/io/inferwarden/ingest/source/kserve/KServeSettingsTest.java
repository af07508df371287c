package io.inferwarden.ingest.source.kserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.json.RecordedOutcomes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KServeSettingsTest {
  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> settings(Duration.ofSeconds(-1), 1, 1, false))
        .hasMessage("joinWithin must be 0 to 1 hour, was PT-1S");
    assertThatThrownBy(() -> settings(Duration.ofHours(2), 1, 1, false))
        .hasMessage("joinWithin must be 0 to 1 hour, was PT2H");
    assertThatThrownBy(() -> settings(Duration.ZERO, 0, 1, false))
        .hasMessage("mostHeld must be >= 1, was 0");
    assertThatThrownBy(() -> settings(Duration.ZERO, 1, 0, false))
        .hasMessage("mostBytes must be >= 1, was 0");
  }

  @Test
  void readsHeadersInAnyCase() {
    KServeSettings settings =
        new KServeSettings(Duration.ZERO, 1, 1, List.of("X-Who"), List.of("X-Org"), false);

    assertThat(settings.principalHeaders()).containsExactly("x-who");
    assertThat(settings.organisationHeaders()).containsExactly("x-org");
  }

  @Test
  void joinsNothingWithinNoTime() throws Exception {
    RecordedOutcomes outcomes = new RecordedOutcomes();
    KServeSource source = new KServeSource(settings(Duration.ZERO, 1, 1 << 20, true));

    source.read(request("{\"instances\":[[1]]}"), outcomes);

    assertThat(source.held()).isZero();
    assertThat(source.unmatched()).isEqualTo(1);
    assertThat(outcomes.list().get(0).path("event").path("model").asText()).isEqualTo("prod/iris");
  }

  @Test
  void givesNoMoreThanTenThousandEventsOfOneCall() throws Exception {
    RecordedOutcomes outcomes = new RecordedOutcomes();
    KServeSource source = new KServeSource(settings(Duration.ZERO, 1, 1 << 20, false));

    source.read(request("{\"instances\":[1" + ",2".repeat(10_000) + "]}"), outcomes);

    assertThat(outcomes.count("event")).isEqualTo(10_000);
    assertThat(outcomes.count("rejected")).isEqualTo(1);
  }

  private static Payload request(String body) {
    return new Payload(
        body.getBytes(StandardCharsets.UTF_8),
        "application/json",
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", "a",
            "ce-type", "org.kubeflow.serving.inference.request",
            "ce-inferenceservicename", "iris",
            "ce-namespace", "prod"),
        1_772_409_700_000L);
  }

  private static KServeSettings settings(
      Duration joinWithin, int mostHeld, long mostBytes, boolean namespaceInModel) {
    return new KServeSettings(
        joinWithin, mostHeld, mostBytes, List.of(), List.of(), namespaceInModel);
  }
}
