package io.inferwarden.bench.abuse;

import java.util.ArrayList;
import java.util.List;

/** When an account's score was higher than ever before. */
final class ScoreCourse {
  private record High(int event, double score) {}

  private final List<High> highs = new ArrayList<>();
  private int events;

  void take(double score) {
    events++;
    if (score > highest()) {
      highs.add(new High(events, score));
    }
  }

  /** Negative infinity when nothing was ever known. */
  double highest() {
    return highs.isEmpty() ? Double.NEGATIVE_INFINITY : highs.get(highs.size() - 1).score();
  }

  /** Queries after the first {@code before} until the score passed the threshold; or infinite. */
  double queriesAbove(double threshold, int before) {
    return highs.stream()
        .filter(high -> high.score() > threshold)
        .mapToDouble(high -> Math.max(0, high.event() - before))
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
