package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.state.StateWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalTraceTest {
  private static final double LEARNING_HOURS = 24;
  private static final double ACCEPTED_ACCUSATIONS = 0.1;

  @ParameterizedTest
  @CsvSource({"pendigits-mlp-s11,24", "adult-logreg-s12,34", "digits-rf-s13,28"})
  void findsTheAttackersOfATraceAndAccusesFewHonestPrincipals(String name, double slowestMedian)
      throws IOException {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "absent"), "traces");
    Assumptions.assumeTrue(Files.exists(traces.resolve(name + ".jsonl.gz")), "no traces");
    Trace trace = Trace.read(traces, name);

    long started = System.nanoTime();
    LearningOutcome outcome = PrincipalBaselineLearner.learn(trace.learningSamples(LEARNING_HOURS));
    double learningSeconds = (System.nanoTime() - started) / 1e9;
    PrincipalBaseline baseline = outcome.baseline().orElseThrow();
    TraceVerdicts verdicts = TraceVerdicts.of(trace, baseline, ACCEPTED_ACCUSATIONS / 552, 0);
    TraceVerdicts weekly =
        TraceVerdicts.of(trace, baseline, 0.25 / baseline.expectedPrincipalsPerWeek(), 0);

    List<Set<String>> accused =
        TraceVerdicts.accusedBySmallAndByFloating(
            trace, baseline, 0.25 / baseline.expectedPrincipalsPerWeek());

    TraceKinds kinds = TraceKinds.of(trace, baseline, 0.25 / baseline.expectedPrincipalsPerWeek());

    StateWriter out = new StateWriter();
    baseline.writeTo(out);
    System.out.println(name + " learned in " + learningSeconds + " s, bytes " + out.size());
    System.out.println("  " + outcome.report().signals());
    System.out.println("  kinds at the first accusation " + kinds.atFirst());
    System.out.println("  kinds at the end " + kinds.atEnd());
    System.out.println("  rejected " + outcome.report().rejected().size());
    System.out.println("  alpha 0.1 of 552: " + verdicts);
    System.out.println("  " + baseline.expectedPrincipalsPerWeek() + " a week: " + weekly);
    assertThat(verdicts.found()).isGreaterThanOrEqualTo(110);
    assertThat(verdicts.accused()).isLessThanOrEqualTo(6);
    assertThat(verdicts.largestStateBytes()).isLessThanOrEqualTo(1024);
    assertThat(accused.get(0)).isEqualTo(accused.get(1));
    assertThat(kinds.rightAtFirst()).isGreaterThanOrEqualTo(110);
    assertThat(kinds.rightAtEnd()).isGreaterThanOrEqualTo(112);
    assertThat(verdicts.medianQueriesOfSingleAccounts()).isLessThanOrEqualTo(slowestMedian);
  }
}
