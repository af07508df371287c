package io.inferwarden.detectors.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.random.RandomDataGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeBinomialRateLaws {
  private static final long HOUR = 3_600_000;
  private static final int LEARNED = 60;
  private static final int WATCHED = 84;

  /** A day and night season: negative binomial counts around a rate that swings. */
  private static final class Season {
    private final RandomDataGenerator random;
    private final double mean;
    private final double swing;
    private final double size;
    private final boolean officeHours;

    Season(long seed, double mean, double swing, double size, boolean officeHours) {
      this.random = new RandomDataGenerator(new Well19937c(seed));
      this.mean = mean;
      this.swing = swing;
      this.size = size;
      this.officeHours = officeHours;
    }

    long count(int pane) {
      int hour = pane % 24;
      double wave = officeHours ? (hour >= 8 && hour < 18 ? 1 : -1) : Math.sin(hour * Math.PI / 12);
      double rate = mean * (1 + swing * wave) * random.nextGamma(size, 1 / size);
      return rate < 1e-9 ? 0 : random.nextPoisson(rate);
    }

    SortedMap<Long, Long> learning() {
      SortedMap<Long, Long> panes = new TreeMap<>();
      for (int w = 0; w < LEARNED; w++) {
        panes.put(w * HOUR, count(w));
      }
      return panes;
    }
  }

  private static RateBaseline poisson(RateBaseline learned) {
    double[] mean = new double[24];
    for (int h = 0; h < 24; h++) {
      mean[h] = learned.mean(h);
    }
    return new RateBaseline(mean, new double[24], Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({
    "25, .8, 10, false, .01",
    "25, .8, 10, true, .01",
    "25, 0, 30, false, .01",
    "3, .8, 5, false, .01",
    "400, .6, 20, false, .01",
    "25, .8, 10, false, .0005",
    "400, .6, 20, true, .0005"
  })
  void keepsItsBudgetOnSeasonsLearnedFromTwoAndAHalfDays(
      double mean, double swing, double size, boolean officeHours, double spend) {
    int streams = 200;
    int[] alarms = new int[3];
    for (int stream = 0; stream < streams; stream++) {
      Season season = new Season(1000 + stream, mean, swing, size, officeHours);
      RateBaseline rate = RateBaseline.learn(season.learning(), HOUR).orElseThrow();
      RateBaseline poisson = poisson(rate);
      RateState state = NegativeBinomialRate.newState();
      RateState poissonState = NegativeBinomialRate.newState();
      for (int w = LEARNED; w < LEARNED + WATCHED; w++) {
        long count = season.count(w);
        RateLevels levels = NegativeBinomialRate.step(rate, state, w * HOUR, count, spend);
        if (levels.up() >= 1) {
          alarms[0]++;
          state.restartUp();
        }
        if (levels.down() >= 1) {
          alarms[1]++;
          state.restartDown();
        }
        levels = NegativeBinomialRate.step(poisson, poissonState, w * HOUR, count, spend);
        if (levels.down() >= 1) {
          alarms[2]++;
          poissonState.restartDown();
        }
      }
    }

    double promised = streams * WATCHED * spend;
    assertThat((double) alarms[0]).as("up").isLessThanOrEqualTo(promised + 3 * Math.sqrt(promised));
    assertThat((double) alarms[1])
        .as("down")
        .isLessThanOrEqualTo(promised + 3 * Math.sqrt(promised));
    if (mean >= 25 && swing > 0) {
      assertThat((double) alarms[2]).as("Poisson").isGreaterThan(2 * promised);
    }
  }

  @Test
  void hearsSilenceWithinThreeHoursOfTheDay() {
    Season season = new Season(5, 25, .8, 10, false);
    RateBaseline rate = RateBaseline.learn(season.learning(), HOUR).orElseThrow();
    RateState state = NegativeBinomialRate.newState();
    int pane = 72;
    int silent = 0;
    while (NegativeBinomialRate.step(rate, state, pane * HOUR, 0, 1e-5).down() < 1) {
      pane++;
      silent++;
      assertThat(silent).isLessThan(3);
    }

    assertThat(state.levels().up()).isLessThan(1e-3);
  }

  @Test
  void hearsATriplingRateAtOnce() {
    Season season = new Season(6, 25, 0, 20, false);
    RateBaseline rate = RateBaseline.learn(season.learning(), HOUR).orElseThrow();
    RateState state = NegativeBinomialRate.newState();

    double first = NegativeBinomialRate.step(rate, state, 60 * HOUR, 75, 1e-4).up();
    double second = NegativeBinomialRate.step(rate, state, 61 * HOUR, 75, 1e-4).up();

    assertThat(second).isGreaterThan(first);
    assertThat(NegativeBinomialRate.step(rate, state, 62 * HOUR, 75, 1e-4).up())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void ratioIsOneInMeanAndTendsToPoisson() {
    double mean = 0;
    double size = 4;
    double mu = 3;
    double probability = Math.pow(size / (size + mu), size);
    for (int count = 0; count < 400; count++) {
      mean += probability * Math.exp(NegativeBinomialRate.logLikelihoodRatio(count, mu, size, 1.5));
      probability *= (size + count) / (count + 1) * mu / (size + mu);
    }

    assertThat(mean).isCloseTo(1, within(1e-9));
    assertThat(NegativeBinomialRate.logLikelihoodRatio(7, 3, 1e9, .5))
        .isCloseTo(
            NegativeBinomialRate.logLikelihoodRatio(7, 3, Double.POSITIVE_INFINITY, .5),
            within(1e-6));
  }

  @Test
  void restoredStateContinuesIdentically() {
    Season season = new Season(7, 25, .5, 10, false);
    RateBaseline learned = RateBaseline.learn(season.learning(), HOUR).orElseThrow();
    RateState state = NegativeBinomialRate.newState();
    NegativeBinomialRate.step(learned, state, 60 * HOUR, 9, .01);
    StateWriter writer = new StateWriter();
    state.writeTo(writer);
    learned.writeTo(writer);

    StateReader reader = new StateReader(writer.toBytes());
    RateState restoredState = RateState.readFrom(reader);
    RateBaseline restored = RateBaseline.readFrom(reader);

    assertThat(NegativeBinomialRate.step(restored, restoredState, 61 * HOUR, 3, .01))
        .isEqualTo(NegativeBinomialRate.step(learned, state, 61 * HOUR, 3, .01));
    assertThat(reader.hasRemaining()).isFalse();
  }

  @Test
  void learnsNothingBelowADayOrWithoutEvents() {
    SortedMap<Long, Long> hours = new TreeMap<>();
    for (long w = 0; w < 23; w++) {
      hours.put(w * HOUR, 20L);
    }
    SortedMap<Long, Long> empty = new TreeMap<>();
    for (long w = 0; w < 60; w++) {
      empty.put(w * HOUR, 0L);
    }

    assertThat(RateBaseline.learn(hours, HOUR)).isEmpty();
    assertThat(RateBaseline.learn(empty, HOUR)).isEmpty();
    assertThat(RateBaseline.learn(new TreeMap<>(), HOUR)).isEmpty();
  }

  @Test
  void refusesNegativeCounts() {
    Season season = new Season(8, 25, .5, 10, false);
    RateBaseline learned = RateBaseline.learn(season.learning(), HOUR).orElseThrow();
    RateState state = NegativeBinomialRate.newState();

    assertThatThrownBy(() -> NegativeBinomialRate.step(learned, state, 0, -1, .01))
        .hasMessage("count must be >= 0, was -1");
  }
}
