package io.inferwarden.bench.abuse.rival;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RivalsOfAbuseTest {
  private static final double SMALL_STEP = 0.01;
  private static final int DIMENSIONS = 8;

  @Test
  void rateLimitCountsTheQueriesOfTheLastMinute() {
    RateLimit limit = new RateLimit();

    assertThat(limit.take(query(0, 0, 0))).isEqualTo(1);
    assertThat(limit.take(query(59_999, 0, 0))).isEqualTo(2);
    assertThat(limit.take(query(60_000, 0, 0))).isEqualTo(2);
    assertThat(limit.take(query(200_000, 0, 0))).isEqualTo(1);
  }

  @Test
  void pradaKnowsNothingBeforeAHundredDistances() {
    AbuseRival prada = Prada.learn(uniform(200, 5)).get();

    List<Double> scores = uniform(110, 6).stream().map(prada::take).toList();

    assertThat(scores.subList(0, 100)).containsOnly(Double.NEGATIVE_INFINITY);
    assertThat(scores.get(108)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(scores.get(109)).isBetween(-1.0, -0.9);
  }

  @Test
  void pradaSuspectsQueriesThatAreSmallStepsFromFewSeeds() {
    AbuseRival honest = Prada.learn(uniform(200, 5)).get();
    AbuseRival prober = Prada.learn(uniform(200, 5)).get();

    double scoreOfHonest = highest(honest, uniform(400, 7));
    double scoreOfProber = highest(prober, stepsFromSeeds(400));

    assertThat(scoreOfProber).isGreaterThan(scoreOfHonest + 0.2);
  }

  @Test
  void pradaComparesWordsAndLeavesUnknownFeaturesOut() {
    InputVector.Columns columns = new InputVector.Columns(List.of(words("red"), words("blue")));

    InputVector red = columns.vector(words("red"));

    assertThat(red.squaredDistance(columns.vector(words("red")))).isZero();
    assertThat(red.squaredDistance(columns.vector(words("blue")))).isEqualTo(1);
    assertThat(red.squaredDistance(columns.vector(query(0, 5, 5)))).isEqualTo(1);
  }

  private static double highest(AbuseRival rival, List<Observation> queries) {
    return queries.stream().mapToDouble(rival::take).max().orElseThrow();
  }

  private static List<Observation> uniform(int count, long seed) {
    Random random = new Random(seed);
    List<Observation> queries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      queries.add(query(i, random.doubles(DIMENSIONS, -1, 1).toArray()));
    }
    return queries;
  }

  /** A few seeds, and then ever so small steps away from one of them. */
  private static List<Observation> stepsFromSeeds(int count) {
    Random random = new Random(8);
    List<Observation> queries = new ArrayList<>(uniform(20, 9));
    for (int i = 0; i < count; i++) {
      Observation seed = queries.get(random.nextInt(20));
      double[] values = new double[DIMENSIONS];
      for (int k = 0; k < DIMENSIONS; k++) {
        values[k] = seed.featureNumber(k) + (k == 0 ? SMALL_STEP * random.nextGaussian() : 0);
      }
      queries.add(query(i, values));
    }
    return queries;
  }

  private static Observation query(long timeMillis, double... values) {
    InferenceEvent event = new InferenceEvent().timeMillis(timeMillis).principal("k").label("a");
    for (int k = 0; k < values.length; k++) {
      event.features().addNumber("x" + k, values[k]);
    }
    return new EventObservation(event);
  }

  private static Observation words(String colour) {
    InferenceEvent event = new InferenceEvent().principal("k").label("a");
    event.features().addWord("colour", colour);
    return new EventObservation(event);
  }
}
