package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoSlice;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalBaselineLearner;
import io.inferwarden.detectors.principal.PrincipalDetector;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The second day of the demo's attacked model, judged with the baseline of the first, with and
 * without a flood of a million new names at its noon, in a table that has room for few more than
 * the principals there are.
 */
class PrincipalTableFloodTest {
  private static final String MODEL = "fraud-scorer";
  private static final long FLOOD_MILLIS = DemoSlice.START_MILLIS + 36 * DemoSlice.HOUR_MILLIS;
  private static final int FLOOD = 1_000_000;
  private static final double SPEND = 1e-3;
  private static final long TICK_MILLIS = 300_000;

  private static List<InferenceEvent> watched;
  private static PrincipalBaseline baseline;
  private static int principals;
  private static Set<String> knownBefore;

  /** What became of the principals: when each was accused, and how much evidence there is. */
  private record Outcome(
      Map<String, List<Long>> accusedAt, Map<String, List<Double>> levels, List<Finding> findings) {

    /** The levels after each event of those who had asked before the flood. */
    Map<String, List<Double>> ofKnown() {
      Map<String, List<Double>> known = new TreeMap<>(levels);
      known.keySet().retainAll(knownBefore);
      return known;
    }
  }

  @BeforeAll
  static void learn() {
    List<LearningSample> samples =
        events(0, 24).stream()
            .map(event -> new LearningSample(event.principal(), new EventObservation(event)))
            .toList();
    baseline = PrincipalBaselineLearner.learn(samples).baseline().orElseThrow();
    watched = events(24, 48);
    knownBefore =
        watched.stream()
            .filter(event -> event.timeMillis() < FLOOD_MILLIS)
            .map(InferenceEvent::principal)
            .collect(Collectors.toSet());
    principals = (int) watched.stream().map(InferenceEvent::principal).distinct().count();
  }

  @Test
  void aFloodOfAMillionNamesChangesNoVerdictOnTheOthers() {
    int room = principals + 20;

    Outcome quiet = judged(room, false);
    Outcome flooded = judged(room, true);

    assertThat(quiet.findings()).isEmpty();
    assertThat(quiet.accusedAt()).isNotEmpty();
    assertThat(flooded.accusedAt().keySet()).isEqualTo(quiet.accusedAt().keySet());
    // Who was known before is judged as if there had been no flood, event by event. Who came later
    // got its place with its second event.
    assertThat(flooded.ofKnown()).isEqualTo(quiet.ofKnown()).hasSizeGreaterThan(principals / 2);
    assertThat(flooded.findings()).hasSize(1);
    assertThat(flooded.findings().get(0).kind()).isEqualTo(IncidentKind.DETECTOR_FLOODED);
  }

  @Test
  void aTableOfHalfThePrincipalsRaisesNoFloodOfItsOwn() {
    assertThat(judged(principals / 2, false).findings()).isEmpty();
  }

  private static Outcome judged(int room, boolean flood) {
    ObjectStore<TrackedPrincipal> store = Restored.empty(TrackedPrincipal.CODEC);
    PrincipalTable<TrackedPrincipal> table =
        new PrincipalTable<>(
            store,
            Restored.empty(FrequencyBlock.CODEC),
            Restored.empty(NewNames.CODEC),
            room,
            new AppMetrics(new CollectorRegistry()),
            "0",
            (key, tracked) -> {});
    PrincipalDetector detector = new PrincipalDetector(baseline);
    Tracking tracking =
        Tracking.of("b", baseline.expectedPrincipalsPerWeek(), 1, Restored.settings(1));
    Outcome outcome = new Outcome(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    long tick = watched.get(0).timeMillis() / TICK_MILLIS;
    boolean flooded = !flood;
    for (InferenceEvent event : watched) {
      if (!flooded && event.timeMillis() >= FLOOD_MILLIS) {
        flooded = true;
        for (int i = 0; i < FLOOD; i++) {
          long at = FLOOD_MILLIS + i * 200L / 1_000;
          observe(table, tracking, detector, event, "flood" + i, at, null);
        }
      }
      if (event.timeMillis() / TICK_MILLIS > tick) {
        tick = event.timeMillis() / TICK_MILLIS;
        outcome.findings().addAll(table.tick(tick * TICK_MILLIS));
      }
      observe(table, tracking, detector, event, event.principal(), event.timeMillis(), outcome);
    }
    return outcome;
  }

  private static void observe(
      PrincipalTable<TrackedPrincipal> table,
      Tracking tracking,
      PrincipalDetector detector,
      InferenceEvent event,
      String principal,
      long timeMillis,
      Outcome outcome) {
    ObjectStore<TrackedPrincipal>.Slot slot = table.find(MODEL, principal, timeMillis, tracking);
    if (slot == null) {
      return;
    }
    if (slot.value() == null) {
      PrincipalMemory memory = new PrincipalMemory.ByFeatures(baseline.newState());
      slot.set(new TrackedPrincipal("b", null, memory));
    }
    PrincipalState state = ((PrincipalMemory.ByFeatures) slot.value().memory).state();
    double level = detector.observe(state, new EventObservation(event), SPEND, 0);
    slot.changed();
    if (outcome == null) {
      return;
    }
    outcome.levels().computeIfAbsent(principal, name -> new ArrayList<>()).add(level);
    if (level >= 1) {
      detector.restart(state);
      outcome.accusedAt().computeIfAbsent(principal, name -> new ArrayList<>()).add(timeMillis);
    }
  }

  private static List<InferenceEvent> events(int fromHour, int untilHour) {
    EventParser parser = new EventParser();
    List<InferenceEvent> events = new ArrayList<>();
    for (DemoEvent demo : DemoSlice.of(MODEL, fromHour, untilHour)) {
      InferenceEvent event = new InferenceEvent();
      byte[] json = demo.json();
      assertThat(parser.parse(json, 0, json.length, demo.timeMillis(), event)).isNull();
      events.add(event);
    }
    return events;
  }
}
