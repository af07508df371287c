package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static final long NOW = 1_000_000;

  private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
  private final CommitPace pace = new CommitPace(context);

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
  void commitsWhatIsFoundAlsoInABacklogButNotForEachOfMany() {
    context.setCurrentSystemTimeMs(NOW);
    pace.read(NOW - 60_000);
    pace.found();
    assertThat(context.committed()).isTrue();
    context.resetCommit();

    context.setCurrentSystemTimeMs(NOW + 19);
    pace.found();
    assertThat(context.committed()).isFalse();

    context.setCurrentSystemTimeMs(NOW + 20);
    pace.found();
    assertThat(context.committed()).isTrue();
  }
}
