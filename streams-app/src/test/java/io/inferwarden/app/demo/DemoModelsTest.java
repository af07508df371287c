package io.inferwarden.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoModelsTest {

  private static double accuracy(ServedModel model, SplittableRandom random) {
    Population population = model.population();
    double[] weights = population.weights();
    int right = 0;
    int rows = 4000;
    for (int i = 0; i < rows; i++) {
      int group = population.drawGroup(weights, random);
      double[] row = population.drawFrom(group, random);
      right += model.classifier().label(row) == population.classOf(group) ? 1 : 0;
    }
    return (double) right / rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 17, 42})
  void theFraudScorerIsRightOnMostNewRowsButNotOnAll(long seed) {
    ServedModel model = DemoModels.fraudScorer(new SplittableRandom(seed));

    double accuracy = accuracy(model, new SplittableRandom(seed + 1000));

    assertThat(accuracy).isBetween(.85, .985);
  }

  @Test
  void aSwappedModelKeepsItsNameAndDigestAndAnswersDifferently() {
    SplittableRandom random = new SplittableRandom(7);
    ServedModel model = DemoModels.creditRisk(random);
    ServedModel swapped = model.swapped(2, 10, random);
    List<double[]> rows =
        Stream.generate(() -> model.population().draw(random)).limit(2000).toList();

    double agreement = swapped.classifier().agreement(model.classifier(), rows);

    assertThat(swapped.digest()).isEqualTo(model.digest());
    assertThat(swapped.version()).isEqualTo(model.version());
    assertThat(agreement).isBetween(.3, .95);
  }

  @Test
  void theGradientIsThatOfTheLogScore() {
    SplittableRandom random = new SplittableRandom(11);
    ServedModel model = DemoModels.supportTriage(random);
    double[] row = model.population().draw(random);
    double small = 1e-5;

    double[] gradient = model.classifier().gradient(row, 1);

    for (int i = 0; i < gradient.length; i++) {
      double[] up = row.clone();
      double[] down = row.clone();
      up[i] += small;
      down[i] -= small;
      double difference =
          (Math.log(model.classifier().scores(up)[1])
                  - Math.log(model.classifier().scores(down)[1]))
              / (2 * small);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-4));
    }
  }

  @Test
  void aSnappedRowIsAFixedPoint() {
    SplittableRandom random = new SplittableRandom(5);
    ServedModel model = DemoModels.fraudScorer(random);

    double[] row = model.population().draw(random);

    assertThat(model.space().snap(row)).containsExactly(row, within(1e-9));
  }

  @Test
  void anotherSeedGivesAnotherModel() {
    ServedModel one = DemoModels.churnPredictor(new SplittableRandom(1));
    ServedModel other = DemoModels.churnPredictor(new SplittableRandom(2));

    assertThat(one.digest()).isNotEqualTo(other.digest());
  }
}
