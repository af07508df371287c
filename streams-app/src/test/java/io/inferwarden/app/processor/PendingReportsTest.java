package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingReportsTest {
  private ObjectStore<Long> progress = Restored.empty(StateCodec.LONG);
  private ObjectStore<CohortMessage.Report> kept = Restored.empty(PendingReports.CODEC);
  private final List<String> heard = new ArrayList<>();
  private PendingReports pending = new PendingReports(progress, kept, 2);

  private static CohortMessage.Report at(long timeMillis, String principal) {
    return new CohortMessage.Arrived("bl_1", principal, null, timeMillis);
  }

  private void hears(CohortMessage... messages) {
    for (CohortMessage message : messages) {
      pending.accept(message, report -> heard.add(report.principal()));
    }
  }

  private void bothReady() {
    hears(new CohortMessage.Ready(0, "bl_1"), new CohortMessage.Ready(1, "bl_1"));
  }

  @Test
  void waitsUntilEveryPartitionHasComeAsFar() {
    bothReady();

    hears(at(20, "b"), new CohortMessage.Moment(0, 100));
    assertThat(heard).isEmpty();
    hears(new CohortMessage.Moment(1, 20), at(10, "a"));
    assertThat(heard).as("a report of the same moment may still come").isEmpty();
    hears(new CohortMessage.Moment(1, 21));

    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void waitsUntilEveryPartitionHasHandedOnWhatWaited() {
    hears(new CohortMessage.Moment(0, 100), new CohortMessage.Moment(1, 100));
    hears(at(20, "b"), new CohortMessage.Ready(0, "bl_1"), at(10, "a"));
    assertThat(heard).isEmpty();

    hears(new CohortMessage.Ready(1, "bl_1"));

    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void theOrderDoesNotDependOnWhichPartitionWasFaster() {
    bothReady();
    List<CohortMessage> one = List.of(at(1, "a"), at(3, "c"), new CohortMessage.Moment(0, 9));
    List<CohortMessage> other = List.of(at(2, "b"), at(3, "b"), new CohortMessage.Moment(1, 9));

    one.forEach(this::hears);
    other.forEach(this::hears);
    List<String> first = List.copyOf(heard);
    heard.clear();
    progress = Restored.empty(StateCodec.LONG);
    kept = Restored.empty(PendingReports.CODEC);
    pending = new PendingReports(progress, kept, 2);
    bothReady();
    other.forEach(this::hears);
    one.forEach(this::hears);

    assertThat(heard).isEqualTo(first).containsExactly("a", "b", "b", "c");
  }

  @Test
  void aRestartLosesNothing() {
    bothReady();
    hears(at(20, "b"), at(10, "a"), new CohortMessage.Moment(0, 100));

    progress = Restored.copy(progress, StateCodec.LONG);
    kept = Restored.copy(kept, PendingReports.CODEC);
    pending = new PendingReports(progress, kept, 2);
    hears(at(15, "c"), new CohortMessage.Moment(1, 100));

    assertThat(heard).containsExactly("a", "c", "b");
    assertThat(kept.sortedKeys()).isEmpty();
  }

  @Test
  void aSinglePartitionWaitsForNobody() {
    pending = new PendingReports(progress, kept, 1);
    hears(at(2, "waited"), at(1, "waited before"));
    assertThat(heard).isEmpty();

    hears(new CohortMessage.Ready(0, "bl_1"), at(5, "next"));

    assertThat(heard).containsExactly("waited before", "waited", "next");
  }

  @Test
  void anotherBaselineIsNotHeldUp() {
    bothReady();
    hears(new CohortMessage.Moment(0, 100), new CohortMessage.Moment(1, 100));

    hears(new CohortMessage.Arrived("bl_2", "waits", null, 5), at(6, "goes"));
    hears(new CohortMessage.Moment(0, 101), new CohortMessage.Moment(1, 101));

    assertThat(heard).containsExactly("goes");
  }
}
