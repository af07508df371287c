package io.inferwarden.detectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTraceTest {
  /** All at the first event, it is the bar of the reference. */
  private static final double REFERENCE_SPEND = 0.01 / 300;

  /** What the principals of a model may cost together. */
  private static final double MODEL_SPEND = 0.25;

  @ParameterizedTest
  @CsvSource({"llm-conv-24h-s52,360,10,1", "llm-conv-1h-s51,15,9,3", "llm-mcsyn-1h-s53,4,8,4"})
  void findsTheAttackersOfATraceAndAccusesFewHonestPrincipals(
      String name, double minutes, int fewest, int accused) throws IOException {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "absent"), "traces");
    Assumptions.assumeTrue(Files.exists(traces.resolve(name + ".jsonl.gz")), "no traces");
    ChatTrace trace = ChatTrace.read(traces, name);

    ChatBaseline asReference = baseline(trace, minutes, true);
    ChatVerdicts reference = ChatVerdicts.of(trace, asReference, REFERENCE_SPEND, true);
    ChatBaseline sampled = baseline(trace, minutes, false);
    ChatVerdicts atBar = ChatVerdicts.of(trace, sampled, REFERENCE_SPEND, true);
    double spend = MODEL_SPEND / sampled.principals();
    ChatVerdicts promised = ChatVerdicts.of(trace, sampled, spend, false);
    double careful = spend / sampled.excess().timesPromised();
    ChatVerdicts corrected = ChatVerdicts.of(trace, sampled, careful, false);

    System.out.println(name + ", " + sampled.principals() + " learned, " + sampled.excess());
    System.out.println("  60 per part, bar 3e4: " + reference);
    System.out.println("  60 in all, bar 3e4: " + atBar);
    System.out.println("  60 in all, spend " + spend + ": " + promised);
    System.out.println("  60 in all, spend " + careful + ": " + corrected);
    assertThat(reference.singles()).isEqualTo(fewest);
    assertThat(reference.accusedUndeclared()).isEqualTo(accused);
    for (ChatVerdicts verdicts : new ChatVerdicts[] {reference, atBar, corrected}) {
      assertThat(verdicts.singles()).isGreaterThanOrEqualTo(Math.min(9, fewest));
      assertThat(verdicts.injectors()).isEqualTo(12);
      assertThat(verdicts.misread()).isEmpty();
      assertThat(verdicts.accusedUndeclared()).isLessThanOrEqualTo(4);
      assertThat(verdicts.largestStateBytes()).isLessThanOrEqualTo(1024);
    }
  }

  private static ChatBaseline baseline(ChatTrace trace, double minutes, boolean isPerPart) {
    return ChatBaselineLearner.learn(trace.learningSamples(minutes, 60, isPerPart))
        .baseline()
        .orElseThrow();
  }
}
