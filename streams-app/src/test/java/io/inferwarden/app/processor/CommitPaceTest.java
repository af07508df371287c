package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static final long NOW = 1_000_000;
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
  private final CommitPace pace = new CommitPace(context, new CommitPace.Threads());

  @Test
  void commitsAtEachLookAroundWhileEventsAreReadAsTheyAreSent() {
    pace.read(NOW - 100);
    pace.lookAround(NOW, false);

    assertThat(context.committed()).isTrue();
  }

  @Test
  void leavesTheCommitToTheEngineWhileABacklogIsRead() {
    pace.read(NOW - 60_000);
    pace.lookAround(NOW, true);

    assertThat(context.committed()).isFalse();
  }

  @Test
  void isBehindWhileWhatItReadsWasSentSomeTimeBeforeAndNotWithoutEvents() {
    assertThat(pace.isBehind(NOW)).isFalse();
    pace.read(NOW - 100);
    assertThat(pace.isBehind(NOW)).isFalse();
    pace.read(NOW - 60_000);
    assertThat(pace.isBehind(NOW)).isTrue();
    pace.lookAround(NOW, false);
    assertThat(pace.isBehind(NOW + 50)).isFalse();
  }

  @Test
  void asksForNothingWhereNothingHappened() {
    pace.read(NOW - 100);
    pace.lookAround(NOW, false);
    context.resetCommit();

    pace.lookAround(NOW + 50, false);

    assertThat(context.committed()).isFalse();
  }

  @Test
  void commitsWhatIsToldWithoutAnEventHoweverOldTheLastOneIs() {
    pace.read(NOW - 60_000);
    pace.lookAround(NOW, false);

    pace.lookAround(NOW + 50, true);

    assertThat(context.committed()).isTrue();
  }

  @Test
  void commitsWhatIsFoundAtOnceButNotForEachOfMany() {
    context.setCurrentSystemTimeMs(NOW);
    pace.found();
    assertThat(context.committed()).isTrue();
    context.resetCommit();

    context.setCurrentSystemTimeMs(NOW + 99);
    pace.found();
    assertThat(context.committed()).isFalse();

    context.setCurrentSystemTimeMs(NOW + 100);
    pace.found();
    assertThat(context.committed()).isTrue();
  }

  @Test
  void commitsWhatIsFoundTwiceASecondWhileAPartitionOfTheThreadReadsABacklog() {
    CommitPace.Threads threads = new CommitPace.Threads();
    CommitPace behind = new CommitPace(context, threads);
    CommitPace other = new CommitPace(context, threads);
    behind.read(NOW - 60_000);
    behind.lookAround(NOW, false);
    context.setCurrentSystemTimeMs(NOW);
    other.found();
    assertThat(context.committed()).isTrue();
    context.resetCommit();

    context.setCurrentSystemTimeMs(NOW + 499);
    other.found();
    assertThat(context.committed()).isFalse();

    context.setCurrentSystemTimeMs(NOW + 500);
    other.found();
    assertThat(context.committed()).isTrue();
  }

  @Test
  void commitsWhatIsFoundSoonAgainOnceTheBacklogIsOver() {
    pace.read(NOW - 60_000);
    pace.lookAround(NOW, false);
    context.setCurrentSystemTimeMs(NOW + 2_000);
    pace.found();
    context.resetCommit();

    context.setCurrentSystemTimeMs(NOW + 2_100);
    pace.found();

    assertThat(context.committed()).isTrue();
  }

  @Test
  void partitionsOfOneThreadThatLookAroundTogetherCommitOnce() {
    CommitPace.Threads threads = new CommitPace.Threads();
    CommitPace first = new CommitPace(context, threads);
    CommitPace second = new CommitPace(context, threads);
    first.read(NOW);
    second.read(NOW);
    first.lookAround(NOW, false);
    context.resetCommit();

    second.lookAround(NOW + 1, false);

    assertThat(context.committed()).isFalse();
  }

  @Test
  void stagesOfOneThreadAreCalledAtTheSameMoments() {
    CommitPace.Threads threads = new CommitPace.Threads();
    for (long late : List.of(0L, 17L, 249L, 250L, 1_001L)) {
      context.setCurrentSystemTimeMs(NOW + late);
      threads.callEvery(INTERVAL, context, at -> {});
    }

    assertThat(context.scheduledPunctuators())
        .allMatch(call -> call.getInterval().equals(INTERVAL))
        .extracting(call -> call.getStartTime().toEpochMilli() - NOW)
        .containsExactly(250L, 250L, 250L, 500L, 1_250L);
  }
}
