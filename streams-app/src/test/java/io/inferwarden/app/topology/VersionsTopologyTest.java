package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoSlice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of new versions and digests, and what is not paged for them. */
class VersionsTopologyTest {
  private static final String QUIET_MODEL = "support-triage";
  private static final String SWAPPED_MODEL = "credit-risk";
  private static final int SWAPPED_HOUR = swappedHour();

  @TempDir Path folder;

  private static int swappedHour() {
    long at =
        DemoSlice.world().labels().models().stream()
            .filter(label -> label.model().equals(SWAPPED_MODEL))
            .findFirst()
            .orElseThrow()
            .at();
    long hour = DemoSlice.HOUR_MILLIS;
    return (int) ((at - DemoSlice.START_MILLIS + hour - 1) / hour);
  }

  private List<Incident> incidentsOf(List<byte[]> events) {
    Instant afterwards = Instant.ofEpochMilli(DemoSlice.START_MILLIS + 3 * DemoSlice.DAY_MILLIS);
    try (DrivenTopology topology =
        new DrivenTopology(DrivenTopology.defaults(), afterwards, folder)) {
      topology.accept(events);
      topology.endOfEvents();
      return topology.incidents();
    }
  }

  private static List<DemoEvent> withDigest(List<DemoEvent> events, String digest) {
    List<DemoEvent> told = new ArrayList<>();
    for (DemoEvent event : events) {
      String json =
          new String(event.json(), StandardCharsets.UTF_8)
              .replaceFirst(
                  "\"digest\":\"[^\"]*\",",
                  digest.isEmpty() ? "" : "\"digest\":\"" + digest + "\",");
      told.add(
          new DemoEvent(
              event.timeMillis(),
              event.principal(),
              event.model(),
              json.getBytes(StandardCharsets.UTF_8)));
    }
    return told;
  }

  @Test
  void announcesANewVersionAtOnceAndSaysLaterThatItDoesNotDiffer() {
    List<Incident> told =
        incidentsOf(
            DemoSlice.merged(
                DemoSlice.of(QUIET_MODEL, 0, 30),
                DemoSlice.ofVersion(DemoSlice.of(QUIET_MODEL, 30, 48), "second")));

    assertThat(told)
        .allSatisfy(
            incident -> {
              assertThat(incident.kind()).isEqualTo(IncidentKind.VERSION_CHANGED);
              assertThat(incident.version()).isEqualTo("second");
            })
        .extracting(Incident::id)
        .containsOnly(told.get(0).id());
    assertThat(told.get(0).openedAtMillis())
        .isEqualTo(DemoSlice.START_MILLIS + 31 * DemoSlice.HOUR_MILLIS);
    assertThat(told.get(0).evidence().get(0).sentence()).contains("second after");
    Incident last = told.get(told.size() - 1);
    assertThat(told).as("a few updates, not one a pane").hasSizeBetween(2, 5);
    assertThat(last.evidence().get(0).sentence())
        .contains("no difference seen so far between version")
        .contains("total variation");
    assertThat(last.level()).isLessThan(1);
  }

  @Test
  void saysWhichOutputsOfACanaryDifferFromTheControlBesideIt() {
    List<DemoEvent> canary = DemoSlice.of(SWAPPED_MODEL, SWAPPED_HOUR, 48);
    List<DemoEvent> control =
        DemoSlice.shifted(
            DemoSlice.renamed(DemoSlice.of(SWAPPED_MODEL, 0, 48 - SWAPPED_HOUR), "control-"),
            SWAPPED_HOUR * DemoSlice.HOUR_MILLIS);

    List<Incident> told =
        incidentsOf(
            DemoSlice.merged(
                DemoSlice.of(SWAPPED_MODEL, 0, SWAPPED_HOUR),
                control,
                DemoSlice.ofVersion(canary, "canary")));

    assertThat(told).extracting(Incident::kind).doesNotContain(IncidentKind.MODEL_REPLACED);
    assertThat(told)
        .filteredOn(incident -> incident.kind() == IncidentKind.VERSION_CHANGED)
        .last()
        .satisfies(
            last -> {
              assertThat(last.version()).isEqualTo("canary");
              assertThat(last.evidence().get(0).sentence())
                  .contains("differs between version")
                  .contains("and version canary");
              assertThat(last.evidence().get(0).change()).isNotNull();
            });
  }

  @Test
  void aChangedDigestIsToldAndItsOtherAnswersDoNotPage() {
    List<Incident> told =
        incidentsOf(
            DemoSlice.merged(
                withDigest(DemoSlice.of(SWAPPED_MODEL, 0, SWAPPED_HOUR), "sha256:aa"),
                withDigest(DemoSlice.of(SWAPPED_MODEL, SWAPPED_HOUR, 48), "sha256:bb")));

    assertThat(told)
        .isNotEmpty()
        .allSatisfy(
            incident -> {
              assertThat(incident.kind()).isEqualTo(IncidentKind.VERSION_CHANGED);
              assertThat(incident.version()).endsWith("@sha256:bb");
            });
    assertThat(told.get(told.size() - 1).evidence().get(0).sentence())
        .contains("differs between version")
        .contains("@sha256:aa");
  }

  @Test
  void otherAnswersUnderTheSameDigestPageAsAReplacedModel() {
    List<Incident> told =
        incidentsOf(DemoSlice.merged(withDigest(DemoSlice.of(SWAPPED_MODEL, 0, 48), "sha256:aa")));

    assertThat(told)
        .isNotEmpty()
        .allSatisfy(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.MODEL_REPLACED));
  }

  @Test
  void aDigestThatEventsBeginToNameIsNoNewOne() {
    List<Incident> told =
        incidentsOf(
            DemoSlice.merged(
                withDigest(DemoSlice.of(QUIET_MODEL, 0, 30), ""),
                withDigest(DemoSlice.of(QUIET_MODEL, 30, 40), "sha256:aa")));

    assertThat(told).isEmpty();
  }
}
