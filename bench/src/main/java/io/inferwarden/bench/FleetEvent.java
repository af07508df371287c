package io.inferwarden.bench;

import io.inferwarden.detectors.signal.Observation;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One event of a model with 20 numeric and 12 categorical features and five outputs: label,
 * confidence, margin, entropy and tokens; with the three signals of its schema that is 40. The mean
 * of every fourth number and the words of every fourth category follow the hour of the day.
 */
final class FleetEvent implements Observation {
  static final int NUMBERS = 20;
  static final int CATEGORIES = 12;

  /** One in so many features has a daily season. */
  private static final int SEASONAL_ONE_IN = 4;

  private static final int WORDS = 12;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final String[] NAMES = names();
  private static final String[] VALUES = values();

  private final long timeMillis;
  private final double[] numbers = new double[NUMBERS];
  private final String[] words = new String[CATEGORIES];
  private final double[] scores = new double[3];
  private final int tokens;
  private final long hash;

  FleetEvent(long timeMillis, SplittableRandom random) {
    this.timeMillis = timeMillis;
    double day = Math.cos(2 * Math.PI * Math.floorMod(timeMillis / HOUR_MILLIS, 24L) / 24);
    double sum = 0;
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = random.nextGaussian() + (isSeasonal(i) ? .8 * day : 0);
      sum += numbers[i];
    }
    for (int i = 0; i < CATEGORIES; i++) {
      double exponent = isSeasonal(i) ? 1 + .6 * day : 1.5;
      words[i] = VALUES[(int) (WORDS * Math.pow(random.nextDouble(), 1 + exponent))];
    }
    scores[0] = 1 / (1 + Math.exp(-sum / NUMBERS - random.nextGaussian()));
    scores[1] = (1 - scores[0]) * random.nextDouble();
    scores[2] = 1 - scores[0] - scores[1];
    tokens = 20 + random.nextInt(200);
    hash = random.nextLong() | 1;
  }

  private static boolean isSeasonal(int feature) {
    return feature % SEASONAL_ONE_IN == 0;
  }

  private static String[] names() {
    String[] names = new String[NUMBERS + CATEGORIES];
    for (int i = 0; i < names.length; i++) {
      names[i] = (i < NUMBERS ? "number_" : "category_") + i;
    }
    return names;
  }

  private static String[] values() {
    String[] values = new String[WORDS];
    for (int i = 0; i < WORDS; i++) {
      values[i] = "value_" + i;
    }
    return values;
  }

  @Override
  public long timeMillis() {
    return timeMillis;
  }

  @Override
  public int featureCount() {
    return NAMES.length;
  }

  @Override
  public String featureName(int index) {
    return NAMES[index];
  }

  @Override
  public double featureNumber(int index) {
    return index < NUMBERS ? numbers[index] : Double.NaN;
  }

  @Override
  public @Nullable String featureWord(int index) {
    return index < NUMBERS ? null : words[index - NUMBERS];
  }

  @Override
  public String label() {
    return scores[0] > .5 ? "yes" : "no";
  }

  @Override
  public int scoreCount() {
    return scores.length;
  }

  @Override
  public double score(int index) {
    return scores[index];
  }

  @Override
  public double regressionValue() {
    return Double.NaN;
  }

  @Override
  public int outputTokens() {
    return tokens;
  }

  @Override
  public long inputFingerprint() {
    return hash;
  }

  @Override
  public long principalHash() {
    return hash;
  }
}
