package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.message.Progress;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionClockTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long MIDNIGHT = 20_000L * 24 * HOUR;
  private static final long NOON = MIDNIGHT + 12 * HOUR;
  private static final long FAR = NOON + 365 * 24 * HOUR;

  private final DetectionSettings settings = Restored.settings(1);
  private final ObjectStore<PartitionClock.State> store =
      Restored.empty(PartitionClock.State.CODEC);
  private final PartitionClock clock = new PartitionClock(settings, store);

  @Test
  void hasPassedNothingBeforeTheFirstEvent() {
    assertThat(PartitionClock.passedMillis(store)).isNull();
  }

  @Test
  void passesATickOfFiveMinutesWhenAnEventIsLaterThanItsEndByTheAllowedLateness() {
    assertThat(clock.eventAt("m", NOON + 57 * MINUTE, FAR)).as("the first event").isTrue();
    clock.pass(3);

    assertThat(clock.eventAt("m", NOON + 59 * MINUTE, FAR)).isFalse();
    assertThat(clock.eventAt("m", NOON + HOUR + MINUTE - 1, FAR)).isFalse();
    assertThat(clock.eventAt("m", NOON + HOUR + MINUTE, FAR)).isTrue();

    Progress progress = clock.pass(3);
    assertThat(progress.partition()).isEqualTo(3);
    assertThat(progress.watermarkMillis()).isEqualTo(NOON + HOUR);
    assertThat(PartitionClock.passedMillis(store)).isEqualTo(NOON + HOUR);
  }

  @Test
  void neverGoesBack() {
    clock.eventAt("m", NOON + 2 * MINUTE, FAR);
    clock.pass(0);

    assertThat(clock.eventAt("m", MIDNIGHT, FAR)).isFalse();
    assertThat(PartitionClock.passedMillis(store)).isEqualTo(NOON);
  }

  @Test
  void anEventFromTheFutureDoesNotMoveItBeyondTheWallClock() {
    clock.eventAt("m", NOON + 2 * MINUTE, NOON + 5 * MINUTE);
    clock.pass(0);

    assertThat(clock.eventAt("m", NOON + 30 * 24 * HOUR, NOON + 5 * MINUTE)).isFalse();
    assertThat(clock.eventAt("m", NOON + 5 * MINUTE, NOON + 5 * MINUTE)).isFalse();

    assertThat(clock.eventAt("m", NOON + HOUR + MINUTE, NOON + HOUR + MINUTE)).isTrue();
    assertThat(clock.pass(0).watermarkMillis()).isEqualTo(NOON + HOUR);
  }

  @Test
  void anIdlePartitionFollowsTheWallClock() {
    clock.eventAt("m", NOON + 2 * MINUTE, FAR);
    clock.pass(0);

    assertThat(clock.idleAt(NOON + 5 * MINUTE)).as("within the tick").isFalse();
    assertThat(clock.idleAt(NOON + 3 * HOUR + MINUTE)).isTrue();
    assertThat(clock.pass(0).watermarkMillis()).isEqualTo(NOON + 3 * HOUR);
    assertThat(clock.idleAt(NOON + 3 * HOUR + 2 * MINUTE)).isFalse();
  }

  @Test
  void aPartitionThatNeverHadAnEventDoesNotHoldTheOthersBack() {
    assertThat(clock.idleAt(NOON + 2 * MINUTE)).isTrue();

    Progress progress = clock.pass(0);
    assertThat(progress.watermarkMillis()).isEqualTo(NOON);
    assertThat(progress.firstSeenMillis()).isEmpty();
    assertThat(progress.activePanesMillis()).isEmpty();
  }

  @Test
  void tellsOfEachModelAndEachActivePaneOnce() {
    clock.eventAt("a", NOON + 2 * MINUTE, FAR);
    clock.eventAt("b", NOON + 3 * MINUTE, FAR);
    clock.eventAt("a", NOON + 4 * MINUTE, FAR);
    Progress first = clock.pass(0);
    clock.eventAt("a", NOON + HOUR + 2 * MINUTE, FAR);
    Progress second = clock.pass(0);

    assertThat(first.firstSeenMillis())
        .containsOnly(Map.entry("a", NOON + 2 * MINUTE), Map.entry("b", NOON + 3 * MINUTE));
    assertThat(first.activePanesMillis()).containsExactly(NOON);
    assertThat(second.firstSeenMillis()).isEmpty();
    assertThat(second.activePanesMillis()).containsExactly(NOON + HOUR);
  }

  @Test
  void tellsAgainOfAPaneThatHadFurtherEventsAfterItWasToldOf() {
    clock.eventAt("a", NOON + 2 * MINUTE, FAR);
    clock.pass(0);
    clock.eventAt("a", NOON + 3 * MINUTE, FAR);
    clock.eventAt("a", NOON + HOUR + 2 * MINUTE, FAR);

    assertThat(clock.pass(0).activePanesMillis()).containsExactlyInAnyOrder(NOON, NOON + HOUR);
  }

  @Test
  void goesOnIdenticallyAfterARestore() {
    clock.eventAt("a", NOON + 2 * MINUTE, FAR);
    clock.pass(0);
    clock.eventAt("b", NOON + 40 * MINUTE, FAR);

    PartitionClock restored =
        new PartitionClock(settings, Restored.copy(store, PartitionClock.State.CODEC));

    for (long minute = 41; minute < 200; minute += 7) {
      long time = NOON + minute * MINUTE;
      boolean over = clock.eventAt("c", time, FAR);
      assertThat(restored.eventAt("c", time, FAR)).isEqualTo(over);
      if (over) {
        assertThat(restored.pass(0)).isEqualTo(clock.pass(0));
      }
    }
  }
}
