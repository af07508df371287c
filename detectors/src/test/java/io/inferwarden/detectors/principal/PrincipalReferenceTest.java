package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Values of numpy 2.4.6 and scipy 1.17.1, made by src/test/python/principal_reference_values.py.
 */
class PrincipalReferenceTest {
  private static final JsonNode VALUES = read();

  private static JsonNode read() {
    try (InputStream in =
        PrincipalReferenceTest.class.getResourceAsStream("reference-values.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static int[] ints(JsonNode array) {
    return Arrays.stream(doubles(array)).mapToInt(value -> (int) value).toArray();
  }

  @Test
  void logMarginalEqualsTheDifferenceOfLogGammas() {
    for (JsonNode one : VALUES.path("logMarginal")) {
      double value =
          DirichletMultinomial.logMarginal(doubles(one.path("alpha")), ints(one.path("counts")));

      assertThat(value).isCloseTo(one.path("value").asDouble(), within(1e-9));
    }
  }

  @Test
  void pooledLogMarginalIsTheSumOverThePrincipals() {
    int[][] counts = fitCounts();
    boolean[] everybody = new boolean[counts.length];
    Arrays.fill(everybody, true);
    double[] p = doubles(VALUES.path("fit").path("p"));
    double[] alpha = Arrays.stream(p).map(value -> 12.5 * value).toArray();

    double pooled = new DirichletMultinomial.Pooled(counts, everybody).logMarginal(12.5, p);

    double sum =
        Arrays.stream(counts).mapToDouble(c -> DirichletMultinomial.logMarginal(alpha, c)).sum();
    assertThat(pooled).isCloseTo(sum, within(1e-8));
  }

  @Test
  void robustFitEqualsTheReference() {
    RobustFit fit = RobustFit.of(fitCounts());

    JsonNode expected = VALUES.path("fit");
    assertThat(fit.kappa()).isCloseTo(expected.path("kappa").asDouble(), within(1e-9));
    assertThat(fit.keptCount()).isEqualTo(expected.path("kept").asInt()).isEqualTo(40);
    assertThat(fit.p()).containsExactly(doubles(expected.path("p")), within(1e-12));
  }

  private static int[][] fitCounts() {
    return StreamSupport.stream(VALUES.path("fit").path("counts").spliterator(), false)
        .map(PrincipalReferenceTest::ints)
        .toArray(int[][]::new);
  }

  @Test
  void midRanksEqualTheReferenceWhereNothingIsThinned() {
    double[] values = doubles(VALUES.path("ranks").path("values"));
    double[] lookups = doubles(VALUES.path("ranks").path("lookups"));
    double[] expected = doubles(VALUES.path("ranks").path("ranks"));
    float[] sample = new float[values.length];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) values[i];
    }

    RankTable table = RankTable.learn(sample);

    assertThat(table.kept()).isEqualTo((int) Arrays.stream(values).distinct().count());
    for (int i = 0; i < lookups.length; i++) {
      assertThat(table.rank((float) lookups[i])).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void evidenceOfAScriptInFloatingPointEqualsTheReference() {
    JsonNode steps = VALUES.path("steps");
    double[] logEvidence = doubles(steps.path("logEvidence"));
    FloatingEvidence evidence = new FloatingEvidence(scriptBaseline().urns());

    int event = 0;
    for (JsonNode bins : steps.path("bins")) {
      double level =
          evidence.observe(UrnBaselines.bins(bins.get(0).asInt(), bins.get(1).asInt()), 1);

      assertThat(Math.log(level)).isCloseTo(logEvidence[event], within(1e-9));
      event++;
    }

    for (int signal = 0; signal < 2; signal++) {
      double[] expected = doubles(steps.path("martingales").get(signal));
      for (int j = 0; j < SignalUrn.ALTERNATIVES; j++) {
        assertThat(Math.log(evidence.martingale(signal, j) / expected[j]))
            .isCloseTo(0, within(1e-9));
      }
    }
  }

  @Test
  void evidenceOfAScriptInTheSmallStateStaysWithinItsRounding() {
    JsonNode steps = VALUES.path("steps");
    PrincipalBaseline baseline = scriptBaseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();
    double[] logEvidence = doubles(steps.path("logEvidence"));

    int event = 0;
    for (JsonNode bins : steps.path("bins")) {
      int[] binOfKind = UrnBaselines.bins(bins.get(0).asInt(), bins.get(1).asInt());
      double level = detector.observeBins(state, event, binOfKind, 1, 0);

      assertThat(Math.log(level)).isCloseTo(logEvidence[event], within(0.1));
      event++;
    }

    for (int signal = 0; signal < 2; signal++) {
      double[] expected = doubles(steps.path("martingales").get(signal));
      for (int j = 0; j < SignalUrn.ALTERNATIVES; j++) {
        // 80 unbiased roundings of at most 2^-8; recent counts are rounded besides
        double tolerance = j < SignalUrn.FIRST_FORGETFUL ? 0.05 : 0.15;
        assertThat(Math.log(state.martingale(signal, j) / expected[j]))
            .isCloseTo(0, within(tolerance));
      }
    }
  }

  private static PrincipalBaseline scriptBaseline() {
    JsonNode steps = VALUES.path("steps");
    return UrnBaselines.of(
        doubles(steps.path("p").get(0)), steps.path("kappa").get(0).asDouble(),
        doubles(steps.path("p").get(1)), steps.path("kappa").get(1).asDouble());
  }
}
