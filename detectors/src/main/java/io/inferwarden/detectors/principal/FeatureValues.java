package io.inferwarden.detectors.principal;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the learning holds of one feature. */
final class FeatureValues {
  /** What so few of the principals ever send is not usual: some of them send nonsense. */
  private static final double FEW_PRINCIPALS = 0.01;

  /** Smallest and largest number of one principal. */
  private record Range(double lowest, double highest) {
    Range including(double number) {
      return new Range(Math.min(lowest, number), Math.max(highest, number));
    }
  }

  private double[] numbers = new double[64];
  private int size;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Range> rangeByPrincipal = new HashMap<>();
  private final Map<String, Set<String>> principalsByWord = new HashMap<>();

  void add(String principal, double number, @Nullable String word) {
    if (word != null) {
      counts.merge(word, 1, Integer::sum);
      principalsByWord.computeIfAbsent(word, any -> new HashSet<>()).add(principal);
    } else if (!Double.isNaN(number)) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
      Range before = rangeByPrincipal.get(principal);
      rangeByPrincipal.put(
          principal, before == null ? new Range(number, number) : before.including(number));
    }
  }

  boolean hasWords() {
    return !counts.isEmpty();
  }

  /**
   * @param events number of events of the learning
   * @param principals number of principals of the learning
   * @param maximumColumns how many words may have a column
   */
  FeatureCoding toCoding(int events, int principals, int maximumColumns) {
    if (!hasWords()) {
      return NumericFeature.learn(
          Arrays.copyOf(numbers, size),
          events,
          boundOf(rangeByPrincipal.values(), Range::lowest, FEW_PRINCIPALS),
          boundOf(rangeByPrincipal.values(), Range::highest, 1 - FEW_PRINCIPALS));
    }
    Set<String> usual =
        principalsByWord.entrySet().stream()
            .filter(users -> users.getValue().size() >= FEW_PRINCIPALS * principals)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    for (int i = 0; i < size; i++) {
      counts.merge(Double.toString(numbers[i]), 1, Integer::sum);
    }
    return WordFeature.learn(counts, usual, events, maximumColumns);
  }

  private static double boundOf(
      Collection<Range> ranges, ToDoubleFunction<Range> side, double probability) {
    double[] sorted = ranges.stream().mapToDouble(side).sorted().toArray();
    return sorted.length == 0 ? 0 : Quantiles.of(sorted, probability);
  }
}
