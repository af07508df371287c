package io.inferwarden.bench.simulation.rival;

import java.util.HashMap;
import java.util.Map;

/** How often each word occurs. */
final class Frequencies {
  private final Map<String, Integer> counts = new HashMap<>();
  private final int total;

  Frequencies(String[] words) {
    for (String word : words) {
      counts.merge(word, 1, Integer::sum);
    }
    total = words.length;
  }

  Iterable<String> words() {
    return counts.keySet();
  }

  int distinct() {
    return counts.size();
  }

  int total() {
    return total;
  }

  int count(String word) {
    return counts.getOrDefault(word, 0);
  }

  double share(String word) {
    return (double) count(word) / total;
  }
}
