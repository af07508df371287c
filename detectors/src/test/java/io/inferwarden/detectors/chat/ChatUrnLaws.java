package io.inferwarden.detectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Principals that draw exactly as the null says. */
class ChatUrnLaws {
  private static final double[] WEIGHTS = {.6, .4};
  private static final double[][] TACTICS = {{9, .6, .3, .1}, {18, 1, .8, .2}};
  private static final double[][] OUT = {{4, 8, 6, 2, .4}, {.3, 2, 5, 12, 6}};

  @Test
  void meanLevelOfHonestPrincipalsStaysWithinWhatWasGranted() {
    ChatBaseline baseline = baseline();
    ChatDetector detector = new ChatDetector(baseline);
    Random random = new Random(11);
    int principals = 6000;
    int events = 60;
    double principalSpend = 0.02;
    double eventSpend = 0.0001;
    double sum = 0;
    double squares = 0;
    for (int who = 0; who < principals; who++) {
      ChatState state = baseline.newState();
      Honest honest = new Honest(baseline, random);
      double level = 0;
      for (int event = 0; event < events; event++) {
        level = detector.observeBins(state, event, honest.bins(), principalSpend, eventSpend);
      }
      sum += level;
      squares += level * level;
    }

    double mean = sum / principals;
    double standardError = Math.sqrt((squares / principals - mean * mean) / principals);
    assertThat(mean).isPositive();
    assertThat(mean).isLessThanOrEqualTo(principalSpend + events * eventSpend + 4 * standardError);
  }

  @Test
  void alarmsOfHonestPrincipalsStayWithinWhatWasGranted() {
    ChatBaseline baseline = baseline();
    ChatDetector detector = new ChatDetector(baseline);
    Random random = new Random(12);
    int principals = 4000;
    double principalSpend = 0.05;
    int alarms = 0;
    for (int who = 0; who < principals; who++) {
      ChatState state = baseline.newState();
      Honest honest = new Honest(baseline, random);
      for (int event = 0; event < 100; event++) {
        if (detector.observeBins(state, event, honest.bins(), principalSpend, 0) >= 1) {
          alarms++;
          detector.restart(state);
        }
      }
    }

    double promised = principals * principalSpend;
    assertThat(alarms).isPositive();
    assertThat(alarms).isLessThanOrEqualTo((int) (promised + 4 * Math.sqrt(promised)));
  }

  @Test
  void evidenceOfHonestPrincipalsRarelyReachesTwenty() {
    ChatBaseline baseline = baseline();
    ChatDetector detector = new ChatDetector(baseline);
    Random random = new Random(13);
    int principals = 4000;
    int reached = 0;
    for (int who = 0; who < principals; who++) {
      ChatState state = baseline.newState();
      Honest honest = new Honest(baseline, random);
      double highest = 0;
      for (int event = 0; event < 100; event++) {
        double spend = event == 0 ? 1 : 0;
        highest = Math.max(highest, detector.observeBins(state, event, honest.bins(), 0, spend));
      }
      reached += highest >= 20 ? 1 : 0;
    }

    double promised = principals / 20.0;
    assertThat(reached).isLessThanOrEqualTo((int) (promised + 4 * Math.sqrt(promised)));
  }

  private static ChatBaseline baseline() {
    return new ChatBaseline(
        WordTable.learn(List.of()),
        new ChatCuts(new double[ChatSignal.values().length][0]),
        List.of(
            ChatUrns.of(ChatSignal.TACTICS, WEIGHTS, TACTICS),
            ChatUrns.of(ChatSignal.OUT, WEIGHTS, OUT)),
        List.of(),
        new Excess(0, 0, 0),
        1,
        1);
  }

  /** Draws from the mixture of urns that the null is. */
  private static final class Honest {
    private final Random random;
    private final double[] tactics;
    private final double[] out;

    Honest(ChatBaseline baseline, Random random) {
      this.random = random;
      this.tactics = urn(baseline.urns().get(0).honest());
      this.out = urn(baseline.urns().get(1).honest());
    }

    private double[] urn(UrnMixture mixture) {
      double at = random.nextDouble();
      int urn = 0;
      while (urn < mixture.size() - 1 && at >= mixture.priorWeight(urn)) {
        at -= mixture.priorWeight(urn++);
      }
      return mixture.alpha(urn).clone();
    }

    int[] bins() {
      int[] bins = {-1, -1, -1, -1, -1, -1};
      bins[ChatSignal.TACTICS.position()] = draw(tactics);
      bins[ChatSignal.OUT.position()] = draw(out);
      return bins;
    }

    private int draw(double[] weights) {
      double total = 0;
      for (double weight : weights) {
        total += weight;
      }
      double at = random.nextDouble() * total;
      int bin = 0;
      while (bin < weights.length - 1 && at >= weights[bin]) {
        at -= weights[bin++];
      }
      weights[bin]++;
      return bin;
    }
  }
}
