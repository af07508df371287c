package io.inferwarden.bench.abuse.rival;

import io.inferwarden.detectors.signal.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An input as coordinates: numbers in standard deviations of the learned queries (0 where missing),
 * words as themselves. Two different words are at squared distance 1.
 */
final class InputVector {
  private final double[] numbers;
  private final String[] words;

  private InputVector(double[] numbers, String[] words) {
    this.numbers = numbers;
    this.words = words;
  }

  /** Which columns there are, and the scale of the numeric ones. */
  static final class Columns {
    private final Map<String, double[]> moments = new HashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * @param queries to learn from; features that they do not have are left out
     */
    Columns(List<? extends Observation> queries) {
      for (Observation query : queries) {
        for (int i = 0; i < query.featureCount(); i++) {
          String name = query.featureName(i);
          positions.putIfAbsent(name, positions.size());
          double value = query.featureNumber(i);
          if (!Double.isNaN(value)) {
            double[] sums = moments.computeIfAbsent(name, key -> new double[3]);
            sums[0]++;
            sums[1] += value;
            sums[2] += value * value;
          }
        }
      }
    }

    InputVector vector(Observation query) {
      double[] numbers = new double[positions.size()];
      String[] words = new String[positions.size()];
      for (int i = 0; i < query.featureCount(); i++) {
        Integer position = positions.get(query.featureName(i));
        if (position != null) {
          double value = query.featureNumber(i);
          numbers[position] =
              Double.isNaN(value) ? 0 : scaled(value, moments.get(query.featureName(i)));
          words[position] = Objects.requireNonNullElse(query.featureWord(i), "");
        }
      }
      return new InputVector(numbers, words);
    }

    private static double scaled(double value, double @Nullable [] sums) {
      if (sums == null) {
        return 0;
      }
      double mean = sums[1] / sums[0];
      double variance = Math.max(0, sums[2] / sums[0] - mean * mean);
      return variance == 0 ? 0 : (value - mean) / Math.sqrt(variance);
    }
  }

  double squaredDistance(InputVector other) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      double difference = numbers[i] - other.numbers[i];
      sum += difference * difference;
      sum += Objects.equals(words[i], other.words[i]) ? 0 : 1;
    }
    return sum;
  }
}
