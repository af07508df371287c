package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.policy.PolicyFile;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.settings.SettingsOf;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many models that share a feature, from their events to what people see. */
class FleetTopologyTest {
  private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final int LEARNED_HOURS = 16;
  private static final int HOURS = 22;
  private static final int CHANGED_HOUR = 18;
  private static final int EVENTS_AN_HOUR = 30;

  /** The one whose own feature moves, not the shared one. */
  private static final String OTHER = "other";

  @TempDir Path folder;

  private static DetectionSettings settings() {
    return SettingsOf.policy(PolicyFile.parse("p", "learning: " + LEARNED_HOURS + "h"), 1, false);
  }

  private static List<String> fleet(int models) {
    List<String> names = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      names.add(String.format(Locale.ROOT, "m%02d", model));
    }
    return names;
  }

  /** Events of all models, in the order of time; the features move as told. */
  private List<Incident> incidents(List<String> broken, boolean withOther) {
    Random random = new Random(5);
    List<String> models = new ArrayList<>(broken);
    if (withOther) {
      models.add(OTHER);
    }
    try (DrivenTopology topology = new DrivenTopology(settings(), NOW, folder)) {
      int count = 0;
      for (int hour = 0; hour < HOURS; hour++) {
        for (int event = 0; event < EVENTS_AN_HOUR; event++) {
          long time = START + hour * HOUR + event * (HOUR / EVENTS_AN_HOUR);
          for (int m = 0; m < models.size(); m++) {
            boolean moved = hour >= CHANGED_HOUR;
            boolean own = models.get(m).equals(OTHER);
            double amount = random.nextGaussian() + (moved && !own ? 2.5 : 0);
            double age = random.nextGaussian() + (moved && own ? 2.5 : 0);
            topology.accept(
                String.format(
                    Locale.ROOT,
                    "{\"id\":\"e%d\",\"time\":%d,\"model\":\"%s\",\"principal\":\"k%d\","
                        + "\"operation\":\"classify\",\"status\":\"ok\","
                        + "\"input\":{\"features\":{\"amount\":%.4f,\"age\":%.4f}},"
                        + "\"output\":{\"label\":\"%s\"}}",
                    count++,
                    time + m,
                    models.get(m),
                    random.nextInt(4000),
                    amount,
                    age,
                    random.nextInt(4) == 0 ? "yes" : "no"));
          }
        }
      }
      topology.idle(Duration.ofSeconds(35));
      return topology.incidents();
    }
  }

  @Test
  void oneBrokenFeatureOfFortyModelsIsOnePageAndAnotherCauseASecond() {
    List<String> broken = fleet(40);

    List<Incident> incidents = incidents(broken, true);

    assertThat(incidents)
        .filteredOn(Incident::pages)
        .extracting(Incident::subject)
        .containsOnly("fleet:amount", "model:" + OTHER);
    assertThat(
            incidents.stream()
                .filter(Incident::pages)
                .map(Incident::id)
                .collect(Collectors.toSet()))
        .hasSize(2);
    Incident last =
        incidents.stream()
            .filter(i -> i.kind() == IncidentKind.COMMON_CAUSE)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(last.models()).containsExactlyElementsOf(broken);
    assertThat(last.summary()).contains("40 models").contains("amount");
    assertThat(last.openedAtMillis()).isEqualTo(START + (CHANGED_HOUR + 1) * HOUR);
  }

  @Test
  void aSingleModelPagesAtTheEndOfItsPaneAsItAlwaysDid() {
    List<Incident> incidents = incidents(fleet(1), false);

    assertThat(incidents)
        .filteredOn(Incident::pages)
        .isNotEmpty()
        .allSatisfy(incident -> assertThat(incident.subject()).isEqualTo("model:m00"))
        .first()
        .satisfies(
            first ->
                assertThat(first.openedAtMillis()).isEqualTo(START + (CHANGED_HOUR + 1) * HOUR));
  }
}
