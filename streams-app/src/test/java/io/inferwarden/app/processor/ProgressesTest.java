package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.message.Progress;
import io.inferwarden.app.policy.ModelWeights;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressesTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOON = 20_000L * DAY + 12 * HOUR;

  private final ObjectStore<Long> store = Restored.empty(StateCodec.LONG);
  private final Progresses progresses = new Progresses(store, 3);

  private static Progress at(int partition, long watermark) {
    return new Progress(partition, watermark, Map.of(), Set.of());
  }

  @Test
  void knowsNothingBeforeItHeardOfEveryPartition() {
    assertThat(progresses.accept(at(0, NOON))).isFalse();
    assertThat(progresses.accept(at(2, NOON))).isFalse();

    assertThat(progresses.watermarkMillis()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void isAsFarAsTheSlowestPartition() {
    progresses.accept(at(0, NOON + HOUR));
    progresses.accept(at(1, NOON + 2 * HOUR));

    assertThat(progresses.accept(at(2, NOON))).isTrue();
    assertThat(progresses.watermarkMillis()).isEqualTo(NOON);
    assertThat(progresses.accept(at(1, NOON + 9 * HOUR))).as("not the slowest").isFalse();
    assertThat(progresses.accept(at(2, NOON + 3 * HOUR))).isTrue();
    assertThat(progresses.watermarkMillis()).isEqualTo(NOON + HOUR);
  }

  @Test
  void fallsBackWithAPartitionThatWasIdleFromItsBeginningWhenItsFirstEventIsOld() {
    for (int partition = 0; partition < 3; partition++) {
      progresses.accept(at(partition, NOON));
    }

    assertThat(progresses.accept(at(1, NOON - DAY))).isFalse();
    assertThat(progresses.watermarkMillis()).isEqualTo(NOON - DAY);
  }

  @Test
  void countsTheModelsThatAnyPartitionHadSeenBeforeATimeAndAtLeastOne() {
    assertThat(progresses.modelsBefore(NOON)).isEqualTo(1);
    progresses.accept(new Progress(0, NOON, Map.of("a", NOON - 5, "b", NOON + 5), Set.of()));
    progresses.accept(new Progress(1, NOON, Map.of("b", NOON - 1, "c", NOON - 9), Set.of()));

    assertThat(progresses.modelsBefore(NOON)).isEqualTo(3);
    assertThat(progresses.modelsBefore(NOON - 1)).isEqualTo(2);
    assertThat(progresses.modelsBefore(NOON - 100)).isEqualTo(1);
  }

  @Test
  void splitsTheBudgetByWeightsAmongTheModelsSeenBeforeATimeAndTheOneThatAsks() {
    progresses.accept(new Progress(0, NOON, Map.of("a", NOON - 5, "b", NOON - 9), Set.of()));
    ModelWeights weights = new ModelWeights(Map.of("a", 3.0));

    assertThat(progresses.modelsBefore(NOON, "a", weights)).isEqualTo(4 / 3.0);
    assertThat(progresses.modelsBefore(NOON, "b", weights)).isEqualTo(4);
    assertThat(progresses.modelsBefore(NOON, "new", weights)).isEqualTo(5);
    assertThat(progresses.modelsBefore(NOON, "a", ModelWeights.EVEN)).isEqualTo(2);
    assertThat(progresses.modelsBefore(NOON - 99, "a", weights)).isEqualTo(1);
  }

  @Test
  void remembersActivePanesForAMonthOfEventTime() {
    progresses.accept(new Progress(0, NOON, Map.of(), Set.of(NOON - HOUR)));
    progresses.accept(at(1, NOON));
    progresses.accept(at(2, NOON));
    assertThat(progresses.isActive(NOON - HOUR)).isTrue();
    assertThat(progresses.isActive(NOON)).isFalse();

    for (int partition = 0; partition < 3; partition++) {
      progresses.accept(at(partition, NOON + 40 * DAY));
    }
    assertThat(progresses.isActive(NOON - HOUR)).as("its pane is judged only now").isTrue();
    for (int partition = 0; partition < 3; partition++) {
      progresses.accept(at(partition, NOON + 41 * DAY));
    }

    assertThat(progresses.isActive(NOON - HOUR)).isFalse();
    assertThat(store.sortedKeys()).noneMatch(key -> key.startsWith("active"));
  }

  @Test
  void goesOnIdenticallyAfterARestore() {
    progresses.accept(new Progress(0, NOON, Map.of("a", NOON - 5), Set.of(NOON)));
    progresses.accept(at(1, NOON + HOUR));

    Progresses restored = new Progresses(Restored.copy(store, StateCodec.LONG), 3);

    assertThat(restored.accept(at(2, NOON + HOUR))).isTrue();
    assertThat(restored.watermarkMillis()).isEqualTo(NOON);
    assertThat(restored.isActive(NOON)).isTrue();
    assertThat(restored.modelsBefore(NOON)).isEqualTo(1);
  }
}
