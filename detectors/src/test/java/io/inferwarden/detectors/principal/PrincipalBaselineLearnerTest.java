package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalBaselineLearnerTest {
  @Test
  void formsAllSevenSignalsFromClassifierEvents() {
    LearningOutcome outcome = PrincipalBaselineLearner.learn(SyntheticModel.honest(120, 20, 5));

    assertThat(outcome.report().signals()).hasSize(7);
    assertThat(outcome.report().omissions()).isEmpty();
    assertThat(outcome.report().principals()).isEqualTo(120);
  }

  @Test
  void saysWhyThereIsNoBaselineWhenThereIsTooLittle() {
    LearningOutcome few = PrincipalBaselineLearner.learn(SyntheticModel.honest(99, 60, 5));
    LearningOutcome thin = PrincipalBaselineLearner.learn(SyntheticModel.honest(200, 4, 5));
    LearningOutcome none = PrincipalBaselineLearner.learn(List.of());

    assertThat(few.baseline()).isEmpty();
    assertThat(few.report().principals()).isEqualTo(99);
    assertThat(few.report().omissions())
        .containsExactly("nobody is judged: 99 principals have 5 events, 100 are needed");
    assertThat(thin.baseline()).isEmpty();
    assertThat(thin.report().omissions())
        .containsExactly("nobody is judged: 0 principals have 5 events, 100 are needed");
    assertThat(none.baseline()).isEmpty();
    assertThat(none.report().omissions()).containsExactly("no events were sampled");
  }

  @Test
  void formsLabelAndMarginFromEventsWithoutFeatures() {
    List<LearningSample> samples =
        SyntheticModel.honest(120, 20, 6).stream()
            .map(
                sample ->
                    new LearningSample(
                        sample.principal(),
                        SyntheticModel.withoutFeatures((TraceEvent) sample.observation())))
            .toList();

    LearningReport report = PrincipalBaselineLearner.learn(samples).report();

    assertThat(report.signals())
        .extracting(SignalCard::name)
        .containsExactly("predicted label", "confidence margin");
    assertThat(report.omissions()).hasSize(5);
  }

  @Test
  void reportsPrincipalsThatTheRobustFitRejects() {
    Random random = new Random(8);
    List<LearningSample> samples = new ArrayList<>(SyntheticModel.honest(120, 60, 7));
    long start = samples.get(0).observation().timeMillis();
    for (int attacker = 0; attacker < 8; attacker++) {
      for (int i = 0; i < 60; i++) {
        String who = "attacker" + attacker;
        samples.add(
            new LearningSample(who, SyntheticModel.probingEvent(who, start + 60_000L * i, random)));
      }
    }
    samples.sort(Comparator.comparingLong(sample -> sample.observation().timeMillis()));

    LearningReport report = PrincipalBaselineLearner.learn(samples).report();

    assertThat(report.rejected())
        .extracting(RejectedPrincipal::principal)
        .contains("attacker0", "attacker1", "attacker2", "attacker3", "attacker4")
        .hasSizeLessThan(14);
  }

  @Test
  void expectsAsManyNewPrincipalsInEachDoublingOfTheTime() {
    List<LearningSample> samples = new ArrayList<>();
    long day = 24 * 3_600_000L;
    Random random = new Random(9);
    for (int who = 0; who < 120; who++) {
      for (int i = 0; i < 6; i++) {
        long time = who * day / 120 + i;
        samples.add(
            new LearningSample("k" + who, SyntheticModel.honestEvent("k" + who, time, random)));
      }
    }
    samples.add(new LearningSample("k0", SyntheticModel.honestEvent("k0", day, random)));

    double expected =
        PrincipalBaselineLearner.learn(samples)
            .baseline()
            .orElseThrow()
            .expectedPrincipalsPerWeek();

    assertThat(expected).isCloseTo(120 + 60 * Math.log(7) / Math.log(2), within(1e-9));
  }

  @Test
  void refusesSamplesThatAreNotSortedByTime() {
    List<LearningSample> samples = new ArrayList<>(SyntheticModel.honest(12, 6, 4));
    samples.add(samples.get(0));

    assertThatThrownBy(() -> PrincipalBaselineLearner.learn(samples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sorted by time");
  }

  @Test
  void expectsMorePrincipalsWhereOnlySomeWereSampled() {
    var samples = SyntheticModel.honest(120, 20, 5);
    double ofAll =
        PrincipalBaselineLearner.learn(samples)
            .baseline()
            .orElseThrow()
            .expectedPrincipalsPerWeek();

    var ofSome = PrincipalBaselineLearner.learn(samples, 0.25).baseline().orElseThrow();

    assertThat(ofSome.expectedPrincipalsPerWeek()).isEqualTo(4 * ofAll);
    assertThatThrownBy(() -> PrincipalBaselineLearner.learn(samples, 0))
        .hasMessage("principalShare must be in (0, 1], was 0.0");
  }
}
