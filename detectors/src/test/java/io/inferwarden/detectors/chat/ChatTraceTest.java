package io.inferwarden.detectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTraceTest {
  private static final double REFERENCE_SPEND = 0.01 / 300;

  @ParameterizedTest
  @CsvSource({"llm-conv-24h-s52,360,10", "llm-conv-1h-s51,15,9", "llm-mcsyn-1h-s53,4,8"})
  void findsTheAttackersOfATraceAndAccusesFewHonestPrincipals(
      String name, double minutes, int fewest) throws IOException {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "absent"), "traces");
    Assumptions.assumeTrue(Files.exists(traces.resolve(name + ".jsonl.gz")), "no traces");
    ChatTrace trace = ChatTrace.read(traces, name);

    ChatVerdicts reference = verdicts(trace, minutes, true);
    ChatVerdicts sampled = verdicts(trace, minutes, false);

    System.out.println(name + " 60 per part: " + reference);
    System.out.println(name + " 60 in all: " + sampled);
    assertThat(reference.singles()).isEqualTo(fewest);
    assertThat(sampled.singles()).isGreaterThanOrEqualTo(fewest - 1);
    for (ChatVerdicts verdicts : new ChatVerdicts[] {reference, sampled}) {
      assertThat(verdicts.misread()).isEmpty();
      assertThat(verdicts.injectors()).isEqualTo(12);
      assertThat(verdicts.accusedUndeclared()).isLessThanOrEqualTo(4);
      assertThat(verdicts.largestStateBytes()).isLessThanOrEqualTo(1024);
    }
  }

  private static ChatVerdicts verdicts(ChatTrace trace, double minutes, boolean isPerPart) {
    ChatBaseline baseline =
        ChatBaselineLearner.learn(trace.learningSamples(minutes, 60, isPerPart))
            .baseline()
            .orElseThrow();
    return ChatVerdicts.of(trace, baseline, REFERENCE_SPEND, true);
  }
}
