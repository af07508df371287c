package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.signal.Tactic;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A chat model with honest principals, and one that tries to talk it out of its rules. */
final class SyntheticChat {
  static final long START = 1_772_409_623_993L;
  private static final int WORDS = 12;

  private SyntheticChat() {}

  /** Events of {@code principals} honest principals, sorted by time. */
  static List<LearningSample> honest(int principals, int eventsEach, long seed) {
    Random random = new Random(seed);
    List<LearningSample> samples = new ArrayList<>();
    for (int event = 0; event < eventsEach; event++) {
      for (int who = 0; who < principals; who++) {
        long time = START + 1000L * (event * principals + who);
        samples.add(new LearningSample("k" + who, honestEvent("k" + who, time, random)));
      }
    }
    return samples;
  }

  static ChatEvent honestEvent(String who, long time, Random random) {
    int tactics = random.nextInt(50) == 0 ? Tactic.PERSONA.bit() : 0;
    return event(who, time, random, tactics, 5 + 0.8 * random.nextGaussian());
  }

  static ChatEvent injection(String who, long time, Random random) {
    int tactics = Tactic.OVERRIDE.bit() | Tactic.PERSONA.bit() | Tactic.UNBOUND.bit();
    return event(who, time, random, tactics, 5 + 0.8 * random.nextGaussian());
  }

  static ChatEvent longAnswer(String who, long time, Random random) {
    return event(who, time, random, 0, 8 + 0.2 * random.nextGaussian());
  }

  static ChatEvent event(
      String who, long time, Random random, int tactics, double logOutputTokens) {
    int[] buckets =
        IntStream.generate(() -> (int) Math.min(400, -60 * Math.log(random.nextDouble())))
            .limit(WORDS)
            .distinct()
            .sorted()
            .toArray();
    Prompt prompt =
        new Prompt(
            buckets,
            buckets.length / (double) WORDS,
            tactics,
            random.nextLong(),
            random.nextInt(20) + 1L,
            random.nextLong(),
            0);
    int inputTokens = (int) Math.exp(4 + 0.7 * random.nextGaussian());
    return new ChatEvent(who, time, inputTokens, (int) Math.exp(logOutputTokens), prompt);
  }

  static ChatBaseline baseline() {
    return ChatBaselineLearner.learn(honest(120, 40, 5)).baseline().orElseThrow();
  }
}
