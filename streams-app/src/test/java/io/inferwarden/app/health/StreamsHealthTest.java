package io.inferwarden.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StreamsHealthTest {
  private static final TopicPartition EVENTS = new TopicPartition("inference-events", 3);
  private static final TopicPartition OTHER = new TopicPartition("inference-events", 4);
  private static final TopicPartition CHANGELOG = new TopicPartition("app-principals-changelog", 3);
  private static final Duration STUCK_AFTER = Duration.ofMinutes(5);
  private static final int READY_LAG = 1000;

  private final RestoreProgress restore = new RestoreProgress(new Heard(), this::nanos);
  private final StreamsHealth health =
      new StreamsHealth(STUCK_AFTER, READY_LAG, restore, -Duration.ofDays(200).toNanos());
  private final Heard heard = new Heard();
  private long seconds;
  private double secondsSincePoll;

  private static final class Heard implements RestoreProgress.Counts {
    private long records;
    private double seconds = -1;

    @Override
    public void restored(long restored) {
      records += restored;
    }

    @Override
    public void restoreEnded(double took) {
      seconds = took;
    }
  }

  private long nanos() {
    return Duration.ofSeconds(seconds).minusDays(200).toNanos();
  }

  private void after(long later) {
    seconds += later;
  }

  private void enter(EngineState state) {
    health.enter(state, nanos());
  }

  private void look(TopicPartition partition, long read, long end, boolean isReaderIdle) {
    health.look(List.of(new PartitionPosition(partition, read, end, isReaderIdle)), nanos());
  }

  private HealthReport report() {
    return health.report(
        List.of(new WorkerThread("StreamThread-1", "RUNNING", secondsSincePoll)), nanos());
  }

  private void run() {
    enter(EngineState.REBALANCING);
    enter(EngineState.RUNNING);
    look(EVENTS, 100, 100, true);
  }

  @Test
  void isAliveButNeitherReadyNorStartedBeforeItRuns() {
    assertThat(report().isAlive()).isTrue();
    enter(EngineState.REBALANCING);
    after(3600);

    HealthReport restoring = report();
    assertThat(restoring.isAlive()).isTrue();
    assertThat(restoring.isReady()).isFalse();
    assertThat(restoring.isStarted()).isFalse();
    assertThat(restoring.why()).contains("Kafka Streams is REBALANCING");
  }

  @Test
  void isReadyOnceItRunsAndItsLagIsKnownAndSmall() {
    enter(EngineState.REBALANCING);
    enter(EngineState.RUNNING);
    assertThat(report().isReady()).isFalse();
    assertThat(report().isStarted()).isTrue();

    look(EVENTS, 100, 100 + READY_LAG, false);
    assertThat(report().why()).contains("1000 records wait; ready is fewer than 1000");

    look(EVENTS, 101, 100 + READY_LAG, false);
    assertThat(report().isReady()).isTrue();
    assertThat(report().lag()).hasValue(999);
    assertThat(report().why()).isEmpty();
  }

  @Test
  void aShortRebalanceDoesNotEndReadinessAndALongOneDoes() {
    run();
    enter(EngineState.REBALANCING);

    after(29);
    assertThat(report().isReady()).isTrue();
    after(1);
    assertThat(report().isReady()).isFalse();
    assertThat(report().isAlive()).isTrue();
    assertThat(report().isStarted()).isTrue();

    enter(EngineState.RUNNING);
    assertThat(report().isReady()).isTrue();
  }

  @Test
  void stateIsForLifeAndDeath() {
    run();
    enter(EngineState.PENDING_SHUTDOWN);
    assertThat(report().isAlive()).isTrue();
    assertThat(report().isReady()).isFalse();

    enter(EngineState.NOT_RUNNING);
    assertThat(report().isAlive()).isFalse();
    enter(EngineState.PENDING_ERROR);
    assertThat(report().isAlive()).isFalse();
    enter(EngineState.ERROR);
    assertThat(report().isAlive()).isFalse();
    assertThat(report().why()).contains("Kafka Streams is ERROR");
  }

  @Test
  void aPositionThatStandsWhileRecordsWaitIsDeathOnlyAfterTheBound() {
    run();
    for (int minute = 0; minute < 5; minute++) {
      look(EVENTS, 100, 150, false);
      assertThat(report().isAlive()).isTrue();
      after(60);
    }

    HealthReport stuck = report();
    assertThat(stuck.isAlive()).isFalse();
    assertThat(stuck.isReady()).isFalse();
    assertThat(stuck.why())
        .contains("50 records of inference-events-3 wait, and none was read for 300 s");
    assertThat(health.progressAgeSeconds(List.of(), nanos())).isEqualTo(300);

    look(EVENTS, 101, 150, false);
    assertThat(report().isAlive()).isTrue();
    assertThat(health.progressAgeSeconds(List.of(), nanos())).isZero();
  }

  @Test
  void onePartitionThatStandsIsFoundWhileAnotherMoves() {
    run();
    for (int minute = 0; minute <= 6; minute++) {
      health.look(
          List.of(
              new PartitionPosition(EVENTS, 100, 101, false),
              new PartitionPosition(OTHER, 60L * minute, 1000, false)),
          nanos());
      after(60);
    }

    assertThat(report().isAlive()).isFalse();
    assertThat(report().why().orElseThrow()).contains("inference-events-3");
  }

  @Test
  void markersOfTransactionsBehindTheLastRecordAreNoLag() {
    run();
    look(EVENTS, 100, 101, true);
    after(3600);
    look(EVENTS, 100, 101, true);

    assertThat(report().isAlive()).isTrue();
    assertThat(report().lag()).hasValue(0);
    assertThat(health.lagByTopic()).containsExactly(java.util.Map.entry("inference-events", 0L));
    assertThat(health.progressAgeSeconds(List.of(), nanos())).isZero();
  }

  @Test
  void aThreadThatNeverReturnsIsFoundEvenWhereNothingElseWaits() {
    run();
    secondsSincePoll = 299;
    after(299);
    assertThat(report().isAlive()).isTrue();

    secondsSincePoll = 300;
    after(1);
    assertThat(report().isAlive()).isFalse();
    assertThat(report().why())
        .contains("StreamThread-1 has asked for no records for 300 s: it is stuck");
  }

  @Test
  void timeInWhichKafkaIsSilentIsNotCounted() {
    run();
    look(EVENTS, 100, 150, false);
    after(200);
    health.miss(nanos());
    secondsSincePoll = 1000;
    after(3600);
    health.miss(nanos());

    assertThat(report().isAlive()).isTrue();
    assertThat(report().why()).contains("Kafka does not answer for 3600 s");
    assertThat(report().isReady()).isFalse();

    look(EVENTS, 100, 150, false);
    after(299);
    assertThat(report().isAlive()).isTrue();
    after(1);
    assertThat(report().isAlive()).isFalse();
  }

  @Test
  void aShortSilenceOfKafkaDoesNotEndReadiness() {
    run();
    health.miss(nanos());
    after(29);
    assertThat(report().isReady()).isTrue();
    after(1);
    assertThat(report().isReady()).isFalse();
  }

  @Test
  void aRestoreThatGoesOnIsAliveForHoursAndOneThatStandsIsNot() {
    enter(EngineState.REBALANCING);
    health.look(List.of(), nanos());
    restore.onRestoreStart(CHANGELOG, "principals", 0, 1_000);
    for (int minute = 0; minute < 100; minute++) {
      after(240);
      restore.onBatchRestored(CHANGELOG, "principals", 5L * minute, 5);
      assertThat(report().isAlive()).isTrue();
    }
    assertThat(report().restoreRemaining()).isEqualTo(504);

    after(300);
    assertThat(report().isAlive()).isFalse();
    assertThat(report().why()).contains("504 records are to be restored, and none was for 300 s");

    restore.onRestoreEnd(CHANGELOG, "principals", 500);
    assertThat(report().isAlive()).isTrue();
    assertThat(report().restoreRemaining()).isZero();
  }

  @Test
  void aPartitionThatMovesToAnotherInstanceIsForgotten() {
    run();
    look(EVENTS, 100, 5_000, false);
    health.look(List.of(), nanos());
    after(3600);

    assertThat(report().isAlive()).isTrue();
    assertThat(report().isReady()).isTrue();
    assertThat(report().lag()).hasValue(0);
  }

  @Test
  void countsRecordsAndTimeOfARestoreOverAllItsStores() {
    RestoreProgress two = new RestoreProgress(heard, this::nanos);
    two.onRestoreStart(CHANGELOG, "principals", 0, 10);
    after(2);
    two.onRestoreStart(OTHER, "models", 5, 7);
    two.onBatchRestored(CHANGELOG, "principals", 9, 10);
    two.onRestoreEnd(CHANGELOG, "principals", 10);
    assertThat(heard.seconds).isNegative();
    after(3);
    two.onRestoreSuspended(OTHER, "models", 0);

    assertThat(heard.records).isEqualTo(10);
    assertThat(heard.seconds).isEqualTo(5);
    assertThat(two.remaining()).isZero();
  }

  @Test
  void theBodyIsOneLineOfJson() {
    run();

    assertThat(report().toJson())
        .isEqualTo(
            "{\"state\":\"RUNNING\",\"alive\":true,\"ready\":true,\"started\":true,\"lag\":0,"
                + "\"restoreRemaining\":0,\"threads\":[{\"name\":\"StreamThread-1\","
                + "\"state\":\"RUNNING\",\"secondsSincePoll\":0.0}],\"why\":\"\"}");
  }

  @Test
  void isDeadWhenPoliciesAndBaselinesAreNotReadToTheirEnd() {
    health.readsShared(nanos());
    enter(EngineState.REBALANCING);
    after(STUCK_AFTER.toSeconds() - 1);
    assertThat(report().isAlive()).isTrue();
    assertThat(report().why()).hasValue("policies and baselines are being read");

    after(1);

    assertThat(report().isAlive()).isFalse();
    assertThat(report().why()).hasValue("policies and baselines are not read yet after 300 s");
    health.hasReadShared();
    assertThat(report().isAlive()).isTrue();
  }

  @Test
  void isNotDeadWhenKafkaIsAwayWhilePoliciesAndBaselinesAreRead() {
    health.readsShared(nanos());
    enter(EngineState.REBALANCING);
    health.miss(nanos());
    after(2 * STUCK_AFTER.toSeconds());

    assertThat(report().isAlive()).isTrue();

    health.look(List.of(), nanos());
    after(STUCK_AFTER.toSeconds() - 1);
    assertThat(report().isAlive()).isTrue();
    after(1);
    assertThat(report().isAlive()).isFalse();
  }
}
