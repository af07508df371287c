package io.inferwarden.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamRandomTest {
  private static final int DRAWS = 40_000;
  private final StreamRandom random = StreamRandom.of(3, "test", 0);

  @Test
  void poissonCountsHaveTheirMeanAndVariance() {
    int[] counts = IntStream.range(0, DRAWS).map(i -> random.poisson(25)).toArray();

    double mean = IntStream.of(counts).average().orElseThrow();
    double variance =
        IntStream.of(counts).mapToDouble(each -> (each - mean) * (each - mean)).sum() / DRAWS;
    assertThat(mean).isCloseTo(25, within(.1));
    assertThat(variance).isCloseTo(25, within(.8));
  }

  /** 1 / zeta(1.5) = 0.38279, and 2^-1.5 of that for 2. */
  @Test
  void zetaValuesHaveTheirProbabilities() {
    int[] values = IntStream.range(0, DRAWS).map(i -> random.zeta(1.5, 1_000_000)).toArray();

    assertThat(IntStream.of(values).filter(each -> each == 1).count() / (double) DRAWS)
        .isCloseTo(.38279, within(.01));
    assertThat(IntStream.of(values).filter(each -> each == 2).count() / (double) DRAWS)
        .isCloseTo(.13534, within(.008));
    assertThat(IntStream.of(values)).allMatch(each -> each >= 1 && each <= 1_000_000);
  }

  @Test
  void geometricTrialsHaveTheirMean() {
    double mean =
        IntStream.range(0, DRAWS).map(i -> random.geometric(1 / 3.0)).average().orElseThrow();

    assertThat(mean).isCloseTo(3, within(.06));
  }

  /** Variance of a share: p (1 - p) / (kappa + 1). */
  @Test
  void dirichletSharesHaveTheirMeanAndVariance() {
    double[] centre = {.5, .47, .03};
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double share = random.dirichlet(11, centre)[2];
      sum += share;
      squares += share * share;
    }

    double mean = sum / DRAWS;
    assertThat(mean).isCloseTo(.03, within(.001));
    assertThat(squares / DRAWS - mean * mean).isCloseTo(.03 * .97 / 12, within(.0002));
  }

  @Test
  void everyStreamHasItsOwnDraws() {
    double first = StreamRandom.of(3, "test", 0).uniform();

    assertThat(StreamRandom.of(3, "test", 0).uniform()).isEqualTo(first);
    assertThat(StreamRandom.of(3, "test", 1).uniform()).isNotEqualTo(first);
    assertThat(StreamRandom.of(3, "other", 0).uniform()).isNotEqualTo(first);
    assertThat(StreamRandom.of(4, "test", 0).uniform()).isNotEqualTo(first);
  }
}
