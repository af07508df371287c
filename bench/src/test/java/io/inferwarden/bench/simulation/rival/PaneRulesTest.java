package io.inferwarden.bench.simulation.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class PaneRulesTest {
  private final SplittableRandom random = new SplittableRandom(5);

  private double[] normals(int count) {
    return random.doubles(count).map(each -> random.nextGaussian()).toArray();
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static String[] words(int... counts) {
    return IntStream.range(0, counts.length)
        .boxed()
        .flatMap(k -> Collections.nCopies(counts[k], "w" + k).stream())
        .toArray(String[]::new);
  }

  @Test
  void theKolmogorovSmirnovDistanceIsThatOfCommonsMath() {
    double[] pane = normals(30);
    double[] reference = normals(400);

    double distance = KolmogorovSmirnovRule.distance(sorted(pane), sorted(reference));

    assertThat(distance)
        .isCloseTo(
            new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(pane, reference), within(1e-12));
  }

  @Test
  void theKolmogorovSmirnovRuleFiresInFivePercentOfUnchangedPanes() {
    int fired = 0;
    for (int i = 0; i < 4000; i++) {
      fired += KolmogorovSmirnovRule.of(normals(200)).alarms(normals(25)) ? 1 : 0;
    }

    assertThat(fired / 4000.0).isBetween(.035, .06);
  }

  @Test
  void theWassersteinDistanceOfAShiftedSampleIsTheShift() {
    double[] sample = sorted(normals(50));
    double[] shifted = Arrays.stream(sample).map(each -> each + .7).toArray();

    assertThat(EvidentlyDefault.wasserstein(shifted, sample)).isCloseTo(.7, within(1e-12));
    assertThat(EvidentlyDefault.wasserstein(new double[] {0, 1}, new double[] {0, 0, 3}))
        .isCloseTo(1.0 / 6 + 2 / 3.0, within(1e-12));
  }

  @Test
  void theJensenShannonDistanceOfDisjointWordsIsTheRootOfLogTwo() {
    double distance =
        EvidentlyDefault.jensenShannon(
            new Frequencies(words(3, 4)), new Frequencies(words(0, 0, 2)));

    assertThat(distance).isCloseTo(Math.sqrt(Math.log(2)), within(1e-12));
  }

  @Test
  void evidentlyFiresWhereASmallReferenceLacksAValue() {
    WordRule rule = EvidentlyDefault.ofWords(words(300, 200, 100));

    assertThat(rule.alarms(words(30, 20, 10))).isFalse();
    assertThat(rule.alarms(words(30, 20, 10, 1))).isTrue();
  }

  @Test
  void evidentlyTakesNumbersOfFewValuesForWords() {
    double[] reference = new double[2000];
    Arrays.fill(reference, 0, 1000, 1);

    NumberRule rule = EvidentlyDefault.ofNumbers(reference);

    assertThat(rule.alarms(new double[] {0, 1, 0, 1})).isFalse();
    assertThat(rule.alarms(new double[] {1, 1, 1, 1})).isTrue();
  }

  @Test
  void theStabilityIndexRuleFiresAboveAFifth() {
    WordRule rule = StabilityIndexRule.ofWords(words(500, 500));

    // (q - p) ln(q / p) over both words: 0.169 at 70 : 30, 0.229 at 73 : 27.
    assertThat(rule.alarms(words(70, 30))).isFalse();
    assertThat(rule.alarms(words(73, 27))).isTrue();
  }

  @Test
  void theStabilityIndexRuleSeesValuesOutsideOfTheReference() {
    NumberRule rule = StabilityIndexRule.ofNumbers(normals(1000));

    assertThat(rule.alarms(normals(2000))).isFalse();
    assertThat(rule.alarms(new double[] {50, 60, 70})).isTrue();
  }
}
