package io.inferwarden.bench.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.backtest.TraceLabels;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordedTraceTest {
  private static final long HOUR = 3_600_000;

  @Test
  void knowsTheHonestTheirRolesAndWhoAttacksAlone() {
    RecordedTrace trace = trace();

    assertThat(trace.honest()).containsExactly("early", "late", "nightly");
    assertThat(trace.attackers()).containsExactly("thief", "ring1", "ring2");
    assertThat(trace.singleAttackers()).containsExactly("thief");
    assertThat(trace.roleOf("nightly")).isEqualTo("nightly-batch");
    assertThat(trace.roleOf("late")).isEqualTo(RecordedTrace.PEOPLE);
    assertThat(trace.eventsBeforeAttack("thief")).isEqualTo(2);
  }

  @Test
  void peopleAreGroupedByTheHoursTheyKeep() {
    Map<String, Set<String>> kinds = HonestKinds.of(trace());

    assertThat(kinds)
        .containsEntry("nightly-batch", Set.of("nightly"))
        .containsEntry("people around 06 to 12 h UTC", Set.of("early"))
        .containsEntry("people around 18 to 24 h UTC", Set.of("late"))
        .containsEntry("all services", Set.of());
  }

  @Test
  void anAccountThatTurnsIsHonestFirst() {
    List<RecordedEvent> turned = new Splices(trace()).turned("thief", "early", 4);

    assertThat(turned).extracting(RecordedEvent::principal).containsOnly("thief");
    assertThat(turned)
        .extracting(event -> event.event().principal())
        .containsExactly("early", "early", "early", "early", "thief", "thief", "thief", "thief");
  }

  @Test
  void aMimicHidesAmongTheQueriesOfPeople() {
    List<RecordedEvent> mimic = new Splices(trace()).mimic("thief", .5, 3);

    assertThat(mimic).extracting(RecordedEvent::principal).containsOnly("thief");
    assertThat(mimic)
        .extracting(event -> event.event().principal())
        .contains("early")
        .doesNotContain("nightly")
        .filteredOn(asked -> asked.equals("thief"))
        .hasSize(4);
  }

  private static RecordedTrace trace() {
    List<RecordedEvent> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      events.add(event("early", 9 * HOUR + i));
      events.add(event("nightly", 9 * HOUR + i));
      events.add(event("thief", 9 * HOUR + i));
    }
    for (int i = 0; i < 6; i++) {
      events.add(event("late", 23 * HOUR + i));
    }
    TraceLabels labels =
        new TraceLabels(
            List.of(
                attack("thief", "alone", 9 * HOUR + 2),
                attack("ring1", "together", 0),
                attack("ring2", "together", 0)),
            Map.of(),
            Map.of("nightly", "nightly-batch"),
            List.of());
    return new RecordedTrace("small", events, labels);
  }

  private static RecordedEvent event(String principal, long timeMillis) {
    return RecordedEvent.of(new InferenceEvent().principal(principal).timeMillis(timeMillis));
  }

  private static AttackLabel attack(String principal, String attack, long from) {
    return new AttackLabel(principal, "model", attack, "c1", from, 100 * HOUR, 1);
  }
}
