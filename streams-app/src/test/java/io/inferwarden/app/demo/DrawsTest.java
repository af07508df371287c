package io.inferwarden.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {

  @ParameterizedTest
  @ValueSource(doubles = {.3, 1, 7.5})
  void gammaHasMeanAndVarianceEqualToItsShape(double shape) {
    SplittableRandom random = new SplittableRandom(1);
    int draws = 40_000;
    double sum = 0;
    double squares = 0;

    for (int i = 0; i < draws; i++) {
      double drawn = Draws.gamma(shape, random);
      sum += drawn;
      squares += drawn * drawn;
    }

    double mean = sum / draws;
    assertThat(mean).isCloseTo(shape, within(.05 * shape + .01));
    assertThat(squares / draws - mean * mean).isCloseTo(shape, within(.1 * shape + .02));
  }

  @Test
  void dirichletSumsToOneAndKeepsItsMean() {
    SplittableRandom random = new SplittableRandom(2);
    double[] mean = {.2, .5, .3};
    double[] total = new double[3];

    for (int i = 0; i < 5000; i++) {
      double[] drawn = Draws.dirichlet(mean, 10, random);
      assertThat(drawn[0] + drawn[1] + drawn[2]).isCloseTo(1, within(1e-12));
      for (int k = 0; k < 3; k++) {
        total[k] += drawn[k] / 5000;
      }
    }

    assertThat(total).containsExactly(mean, within(.01));
  }

  @Test
  void anIndexOfWeightZeroIsNeverDrawn() {
    SplittableRandom random = new SplittableRandom(3);
    int[] seen = new int[3];

    for (int i = 0; i < 1000; i++) {
      seen[Draws.index(new double[] {1, 0, 3}, random)]++;
    }

    assertThat(seen[1]).isZero();
    assertThat(seen[0]).isBetween(200, 300);
  }
}
