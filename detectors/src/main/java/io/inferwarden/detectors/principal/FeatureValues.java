package io.inferwarden.detectors.principal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the learning holds of one feature. */
final class FeatureValues {
  private double[] numbers = new double[64];
  private int size;
  private boolean hasWords;
  private final Map<String, Integer> counts = new HashMap<>();

  void add(double number, @Nullable String word) {
    hasWords |= word != null;
    if (word != null) {
      counts.merge(word, 1, Integer::sum);
    } else if (!Double.isNaN(number)) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
    }
  }

  boolean hasWords() {
    return hasWords;
  }

  FeatureCoding toCoding(int events, int maximumColumns) {
    if (!hasWords) {
      return NumericFeature.learn(Arrays.copyOf(numbers, size), events);
    }
    for (int i = 0; i < size; i++) {
      counts.merge(Double.toString(numbers[i]), 1, Integer::sum);
    }
    return WordFeature.learn(counts, events, maximumColumns);
  }
}
