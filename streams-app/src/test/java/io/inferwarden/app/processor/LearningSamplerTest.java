package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import org.junit.jupiter.api.Test;

class LearningSamplerTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 1_772_323_200_000L;

  private final ObjectStore<LearningPanes> panes = Restored.empty(LearningPanes.CODEC);
  private final ObjectStore<Long> principals = Restored.empty(StateCodec.LONG);
  private final LearningSampler sampler =
      new LearningSampler(Restored.settings(1), panes, principals);

  private LearningMessage.Sample offer(String model, String version, String who, long time) {
    return sampler.offer(WaitingEventsTest.event(model, version, who, time), true);
  }

  @Test
  void takesTheFirstEventsOfEachPrincipalInOrderAndNoMore() {
    for (int i = 1; i <= LearningSampler.PRINCIPAL_SAMPLE; i++) {
      assertThat(offer("m", "1", "k", START + i).principalOrdinal()).isEqualTo(i);
    }

    LearningMessage.Sample next = offer("m", "1", "k", START + 61);
    assertThat(next.principalOrdinal()).isZero();
    assertThat(next.paneSampled()).as("but it is still one of its pane").isTrue();
    assertThat(offer("other", "1", "k", START).principalOrdinal()).isEqualTo(1);
  }

  @Test
  void leavesOutWhatIsInNeitherSample() {
    int left = 0;
    for (int i = 0; i < 2_000; i++) {
      if (offer("m", "1", "k", START + i) == null) {
        left++;
      }
    }

    assertThat(left).isBetween(600, 1_740);
    assertThat(sampler.totalsUntil(START + HOUR))
        .containsExactly(new LearningMessage.PaneTotal("m", "1", START, 2_000));
  }

  @Test
  void principalsOfALaterVersionAreNotLearned() {
    LearningMessage.Sample sample =
        sampler.offer(WaitingEventsTest.event("m", "2", "k", START), false);

    assertThat(sample.principalOrdinal()).isZero();
    assertThat(sample.paneSampled()).isTrue();
    assertThat(principals.sortedKeys()).isEmpty();
  }

  @Test
  void theHashOfAnEventIsTheSameWhereverItIsRead() {
    LearningSampler other =
        new LearningSampler(
            Restored.settings(1),
            Restored.empty(LearningPanes.CODEC),
            Restored.empty(StateCodec.LONG));

    assertThat(other.offer(WaitingEventsTest.event("m", "1", "k", START), true).hash())
        .isEqualTo(offer("m", "1", "k", START).hash())
        .isNotEqualTo(offer("m", "1", "k", START + 1).hash());
  }

  @Test
  void tellsTheTotalsOfEndedPanesOnceAndKeepsTheOthers() {
    offer("m", "1", "k", START + 5);
    offer("m", "1", "k", START + 6);
    offer("m", "1", "k", START + HOUR + 5);

    assertThat(sampler.totalsUntil(START + HOUR - 1)).isEmpty();
    assertThat(sampler.totalsUntil(START + HOUR))
        .containsExactly(new LearningMessage.PaneTotal("m", "1", START, 2));
    assertThat(sampler.totalsUntil(START + HOUR)).isEmpty();
    assertThat(sampler.totalsUntil(START + 2 * HOUR))
        .containsExactly(new LearningMessage.PaneTotal("m", "1", START + HOUR, 1));
  }

  @Test
  void forgetsWhatALearnedVersionNoLongerNeedsAndNothingElse() {
    offer("m", "1", "k", START);
    offer("m", "2", "k", START);
    offer("mm", "1", "k", START);

    sampler.finished(WaitingEventsTest.baseline("m", "1", true));

    assertThat(panes.sortedKeys()).containsExactly("m\u001f2", "mm\u001f1");
    assertThat(principals.sortedKeys()).containsExactly("mm\u001fk");
  }

  @Test
  void goesOnIdenticallyAfterARestore() {
    for (int i = 0; i < 500; i++) {
      offer("m", "1", "k" + i % 5, START + i * 20_000L);
    }

    LearningSampler restored =
        new LearningSampler(
            Restored.settings(1),
            Restored.copy(panes, LearningPanes.CODEC),
            Restored.copy(principals, StateCodec.LONG));

    for (int i = 500; i < 900; i++) {
      var next = WaitingEventsTest.event("m", "1", "k" + i % 5, START + i * 20_000L);
      LearningMessage.Sample sample = sampler.offer(next, true);
      assertThat(restored.offer(next, true)).usingRecursiveComparison().isEqualTo(sample);
    }
    assertThat(restored.totalsUntil(START + 100 * HOUR))
        .isEqualTo(sampler.totalsUntil(START + 100 * HOUR))
        .isNotEmpty();
  }
}
