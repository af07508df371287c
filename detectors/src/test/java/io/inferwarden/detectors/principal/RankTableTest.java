package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankTableTest {
  @Test
  void ranksOfFewDistinctValuesAreExact() {
    float[] sample = {3, 1, 2, 2, 2, 5, 1, 9};

    RankTable table = RankTable.learn(sample.clone());

    for (float value : List.of(0f, 1f, 1.5f, 2f, 4f, 9f, 10f)) {
      assertThat(table.rank(value)).isEqualTo(midRank(sample, value));
    }
  }

  @Test
  void thinnedRanksAreKnownToASixteenthOfTheirSide() {
    Random random = new Random(1);
    float[] sample = new float[20_000];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.nextInt(4) == 0 ? 1 : (float) random.nextGaussian();
    }

    RankTable table = RankTable.learn(sample.clone());

    assertThat(table.kept()).isLessThan(500);
    for (int i = 0; i < 300; i++) {
      float value = i < 20 ? (float) random.nextGaussian() * 3 : sample[random.nextInt(20_000)];
      double exact = midRank(sample, value);
      assertThat(table.rank(value)).isCloseTo(exact, within(Math.min(exact, 1 - exact) / 16));
    }
  }

  @Test
  void theOutermostValuesAreExactWhenThinned() {
    Random random = new Random(2);
    float[] sample = new float[5_000];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) random.nextGaussian();
    }
    float[] sorted = sample.clone();
    Arrays.sort(sorted);

    RankTable table = RankTable.learn(sample);

    for (int i = 0; i < 15; i++) {
      assertThat(table.rank(sorted[i])).isEqualTo(midRank(sorted, sorted[i]));
      float high = sorted[sorted.length - 1 - i];
      assertThat(table.rank(high)).isEqualTo(midRank(sorted, high));
    }
  }

  @Test
  void aMissingValueHasNoRankAndNothingLearnedRanksNothing() {
    assertThat(RankTable.learn(new float[] {1}).rank(Float.NaN)).isNaN();
    assertThat(RankTable.learn(new float[0]).rank(1)).isNaN();
  }

  private static double midRank(float[] sample, float value) {
    int below = 0;
    int notAbove = 0;
    for (float one : sample) {
      below += one < value ? 1 : 0;
      notAbove += one <= value ? 1 : 0;
    }
    return (below + notAbove + 1) / 2.0 / (sample.length + 1);
  }
}
