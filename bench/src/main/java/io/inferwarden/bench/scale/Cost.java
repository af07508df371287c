package io.inferwarden.bench.scale;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an event costs in one deployment.
 *
 * @param eventsPerSecond by the clock
 * @param nanosPerEvent processor time of the stream threads
 */
record Cost(double eventsPerSecond, double nanosPerEvent) {
  /** In the last line of the throughput benchmark, where contestants may be missing. */
  static final Pattern OUTCOME =
      Pattern.compile("\"fullEventsPerSecond\":([0-9.]+),.*\"fullNanosPerEvent\":([0-9.]+)");

  static Cost of(MatchResult outcome) {
    return new Cost(Double.parseDouble(outcome.group(1)), Double.parseDouble(outcome.group(2)));
  }

  /** The median of each figure. */
  static Cost median(List<Cost> costs) {
    return new Cost(median(costs, Cost::eventsPerSecond), median(costs, Cost::nanosPerEvent));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
    double[] sorted = costs.stream().mapToDouble(of).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%,9.0f events/s, %,7.0f ns an event", eventsPerSecond, nanosPerEvent);
  }
}
