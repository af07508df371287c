package io.inferwarden.detectors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.RejectedPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChatBaselineLearnerTest {
  @Test
  void formsSixSignalsFromChatEvents() {
    ChatLearningReport report =
        ChatBaselineLearner.learn(SyntheticChat.honest(120, 40, 1)).report();

    assertThat(report.signals()).hasSize(6);
    assertThat(report.omissions()).isEmpty();
    assertThat(report.principals()).isEqualTo(120);
    assertThat(report.excess().principals()).isEqualTo(120);
    assertThat(report.excess().shareReaching20()).isLessThan(0.1);
  }

  @Test
  void isBlindWithFewerThanAHundredPrincipalsAndSaysSo() {
    ChatLearningOutcome few = ChatBaselineLearner.learn(SyntheticChat.honest(99, 60, 2));
    ChatLearningOutcome none = ChatBaselineLearner.learn(List.of());

    assertThat(few.baseline()).isEmpty();
    assertThat(few.report().omissions())
        .containsExactly(
            "99 principals were seen with a chat, 100 are needed to tell honest ones from others");
    assertThat(none.baseline()).isEmpty();
    assertThat(none.report().omissions()).hasSize(1);
  }

  @Test
  void isBlindWhenNobodyAsksOftenEnough() {
    ChatLearningReport report = ChatBaselineLearner.learn(SyntheticChat.honest(150, 3, 3)).report();

    assertThat(report.signals()).isEmpty();
    assertThat(report.omissions())
        .hasSize(6)
        .contains(
            "length of the answers: 0 principals have 3 events with it after the first third,"
                + " 30 are needed");
  }

  @Test
  void leavesOutTokensWhereTheyAreUnknown() {
    List<LearningSample> samples =
        SyntheticChat.honest(120, 30, 4).stream()
            .map(
                sample -> {
                  ChatEvent event = (ChatEvent) sample.observation();
                  return new LearningSample(
                      sample.principal(),
                      new ChatEvent(
                          sample.principal(), event.timeMillis(), -1, -1, event.inputText()));
                })
            .toList();

    ChatLearningReport report = ChatBaselineLearner.learn(samples).report();

    assertThat(report.signals()).hasSize(4);
    assertThat(report.omissions()).hasSize(2).allMatch(text -> text.startsWith("length of the"));
  }

  @Test
  void reportsWhoFitsNoKindAndHowOftenTheEvidenceWasReached() {
    Random random = new Random(6);
    List<LearningSample> samples = new ArrayList<>(SyntheticChat.honest(120, 40, 6));
    for (int attacker = 0; attacker < 6; attacker++) {
      for (int i = 0; i < 40; i++) {
        String who = "attacker" + attacker;
        long time = SyntheticChat.START + 120_000L * i + attacker;
        samples.add(new LearningSample(who, SyntheticChat.injection(who, time, random)));
      }
    }
    samples.sort(Comparator.comparingLong(sample -> sample.observation().timeMillis()));

    ChatLearningReport report = ChatBaselineLearner.learn(samples).report();

    assertThat(report.rejected())
        .extracting(RejectedPrincipal::principal)
        .contains("attacker0", "attacker1", "attacker2", "attacker3", "attacker4", "attacker5");
    assertThat(report.excess().reached100()).isPositive();
    assertThat(report.excess().isPromiseKept()).isFalse();
  }

  @Test
  void reportsAKindThatIsTooSmallToBeHonest() {
    Random random = new Random(7);
    List<LearningSample> samples = new ArrayList<>(SyntheticChat.honest(120, 40, 7));
    for (int member = 0; member < 20; member++) {
      for (int i = 0; i < 40; i++) {
        String who = "member" + member;
        long time = SyntheticChat.START + 120_000L * i + member;
        double logTokens = random.nextInt(4) > 0 ? 6.2 : 5 + 0.8 * random.nextGaussian();
        samples.add(new LearningSample(who, SyntheticChat.event(who, time, random, 0, logTokens)));
      }
    }
    samples.sort(Comparator.comparingLong(sample -> sample.observation().timeMillis()));

    ChatLearningReport report = ChatBaselineLearner.learn(samples).report();

    assertThat(report.candidateRings()).hasSize(1);
    CandidateRing ring = report.candidateRings().get(0);
    assertThat(ring.signal()).isEqualTo("length of the answers");
    assertThat(ring.principals()).hasSize(20).allMatch(who -> who.startsWith("member"));
  }

  @Test
  void refusesSamplesThatAreNotSortedByTime() {
    List<LearningSample> samples = new ArrayList<>(SyntheticChat.honest(12, 6, 4));
    samples.add(samples.get(0));

    assertThatThrownBy(() -> ChatBaselineLearner.learn(samples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sorted by time");
  }
}
