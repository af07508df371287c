package io.inferwarden.app.settings;

import io.inferwarden.app.policy.ModelWeights;
import io.inferwarden.detectors.budget.AlarmBudget;
import java.time.Duration;

/**
 * What the stages of the topology need to know of the policy and of the cluster. The same on all
 * instances.
 *
 * @param eventPartitions partitions of the inference events, of the learning samples and of the
 *     pane summaries
 * @param learning how long a model version is learned from
 * @param pane length of a slice of a model's time; divides a day
 * @param lateness how much later than its successors an event may come and still be counted in its
 *     pane
 * @param idleAfter wall-clock time without events after which a partition no longer holds the
 *     others back
 * @param quietPeriod event time without a finding after which an incident is over
 * @param cooldown event time after its end within which an incident comes back rather than anew
 * @param duplicateWindow event time within which an id may come only once
 * @param maximumIds ids remembered in each partition
 * @param maximumWaiting events of each partition that may wait for a baseline; past it the oldest
 *     are not judged
 * @param maximumPrincipals principals and models of which each partition keeps evidence at most
 * @param tolerancePsi population stability index up to which a change is too small to matter
 * @param budget false incidents that the operator accepts, and how they are split
 * @param weights how the models' part of the budget is split over the models
 * @param changelogs whether state survives a crash; a backtest needs none
 */
public record DetectionSettings(
    int eventPartitions,
    Duration learning,
    Duration pane,
    Duration lateness,
    Duration idleAfter,
    Duration quietPeriod,
    Duration cooldown,
    Duration duplicateWindow,
    int maximumIds,
    int maximumWaiting,
    int maximumPrincipals,
    double tolerancePsi,
    AlarmBudget budget,
    ModelWeights weights,
    boolean changelogs) {
  private static final long LONGEST_TICK_MILLIS = 300_000;

  public DetectionSettings {
    if (eventPartitions < 1) {
      throw new IllegalArgumentException("eventPartitions must be >= 1, was " + eventPartitions);
    }
    if (pane.isNegative()
        || pane.isZero()
        || Duration.ofDays(1).toMillis() % pane.toMillis() != 0) {
      throw new IllegalArgumentException("pane must divide 24 h, was " + pane);
    }
    if (learning.compareTo(pane) < 0) {
      throw new IllegalArgumentException("learning must be >= pane, was " + learning);
    }
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("cooldown must be >= 0, was " + cooldown);
    }
    if (maximumWaiting < 1) {
      throw new IllegalArgumentException("maximumWaiting must be >= 1, was " + maximumWaiting);
    }
    if (maximumPrincipals < 1) {
      throw new IllegalArgumentException(
          "maximumPrincipals must be >= 1, was " + maximumPrincipals);
    }
  }

  /**
   * The step in which event time passes, and the shortest pane that is judged: five minutes or a
   * little less, so that it divides the pane; a shorter pane itself.
   */
  public Duration tick() {
    long paneMillis = pane.toMillis();
    long parts = (paneMillis + LONGEST_TICK_MILLIS - 1) / LONGEST_TICK_MILLIS;
    while (paneMillis % parts != 0) {
      parts++;
    }
    return Duration.ofMillis(paneMillis / parts);
  }

  /** Start of the tick that a time falls in. */
  public long tickStart(long timeMillis) {
    return Math.floorDiv(timeMillis, tick().toMillis()) * tick().toMillis();
  }

  /** Start of the pane that a time falls in. */
  public long paneStart(long timeMillis) {
    return Math.floorDiv(timeMillis, pane.toMillis()) * pane.toMillis();
  }
}
