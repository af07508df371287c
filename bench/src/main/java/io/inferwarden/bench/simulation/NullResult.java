package io.inferwarden.bench.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What all streams of one null came to.
 *
 * @param name of the null
 * @param streams number of streams
 * @param days watched of each
 * @param monthly at a budget of one false alarm a month for each stream
 * @param hundredth at a hundredth of it
 * @param meanLikelihoodRatio mean over streams
 * @param suspended share of streams whose self-audit suspends the promise at the end
 * @param broken streams with two alarms or more at the first budget
 * @param brokenSuspended how many of those have the promise suspended
 * @param differing panes whose verdict depended on how their counts were split
 * @param others panes with an alarm for each stream and month, of the other detectors
 */
record NullResult(
    String name,
    int streams,
    int days,
    Spending monthly,
    Spending hundredth,
    double meanLikelihoodRatio,
    double suspended,
    int broken,
    int brokenSuspended,
    int differing,
    Map<String, Double> others) {
  private static final double BOUND = .95;
  private static final double DAYS_A_MONTH = 30;

  /**
   * Promised against observed.
   *
   * @param promised expected false alarms at most
   * @param observed false alarms
   * @param bound 0.95 quantile of a Poisson variable of mean {@code promised}
   * @param streamsHit streams with an alarm
   * @param most half of what the reference did, where its promise is known not to hold
   */
  record Spending(double promised, int observed, int bound, int streamsHit, @Nullable Double most) {
    boolean isWithin() {
      return observed <= bound;
    }

    /** Whether at least half of the reference's false alarms are gone; false without a bar. */
    boolean isBelowBar() {
      return most != null && observed <= most;
    }
  }

  static NullResult of(NullCase kind, int days, List<StreamOutcome> outcomes) {
    int streams = outcomes.size();
    double months = streams * days / DAYS_A_MONTH;
    NullCase.Bar bar = kind.bar();
    double streamDays = (double) streams * days;
    Spending monthly =
        spending(
            months,
            outcomes.stream().mapToInt(StreamOutcome::monthlyAlarms).toArray(),
            bar == null ? null : bar.most(bar.monthly(), streamDays));
    Spending hundredth =
        spending(
            months / 100,
            outcomes.stream().mapToInt(StreamOutcome::hundredthAlarms).toArray(),
            bar == null ? null : bar.most(bar.hundredth(), streamDays));
    List<StreamOutcome> broken =
        outcomes.stream().filter(each -> each.monthlyAlarms() >= 2).toList();
    return new NullResult(
        kind.name(),
        streams,
        days,
        monthly,
        hundredth,
        outcomes.stream().mapToDouble(StreamOutcome::meanLikelihoodRatio).average().orElse(0),
        (double) outcomes.stream().filter(StreamOutcome::isSuspended).count() / streams,
        broken.size(),
        (int) broken.stream().filter(StreamOutcome::isSuspended).count(),
        outcomes.stream().mapToInt(StreamOutcome::differing).sum(),
        others(outcomes, months));
  }

  private static Spending spending(double promised, int[] alarms, @Nullable Double most) {
    int observed = 0;
    int hit = 0;
    for (int each : alarms) {
      observed += each;
      hit += each > 0 ? 1 : 0;
    }
    int bound = new PoissonDistribution(promised).inverseCumulativeProbability(BOUND);
    return new Spending(promised, observed, bound, hit, most);
  }

  private static Map<String, Double> others(List<StreamOutcome> outcomes, double months) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (StreamOutcome outcome : outcomes) {
      outcome
          .otherAlarms()
          .forEach((name, alarms) -> sums.merge(name, alarms / months, Double::sum));
    }
    return sums;
  }
}
