package io.inferwarden.app.settings;

import io.inferwarden.app.policy.Policy;
import io.inferwarden.detectors.budget.AlarmBudget;

/** Turns the operator's policy into what the stages need. */
public final class SettingsOf {
  /** Events of each partition that may wait for a baseline, where memory holds so many. */
  private static final int MAXIMUM_WAITING = 200_000;

  private SettingsOf() {}

  /**
   * The settings of a policy.
   *
   * @param eventPartitions partitions of the inference events
   * @param changelogs whether state survives a crash
   */
  public static DetectionSettings policy(Policy policy, int eventPartitions, boolean changelogs) {
    Policy.Shares shares = policy.budget().shares();
    return new DetectionSettings(
        eventPartitions,
        policy.learning(),
        policy.pane(),
        policy.lateness(),
        policy.idleAfter(),
        policy.quietPeriod(),
        policy.cooldown(),
        policy.dedup().window(),
        policy.dedup().maximumIds(),
        MAXIMUM_WAITING,
        policy.maximumPrincipals(),
        policy.tolerancePsi(),
        new AlarmBudget(
            policy.budget().falseIncidentsPerWeek(),
            shares.principals(),
            shares.models(),
            shares.silence(),
            shares.fleet(),
            shares.campaigns()),
        policy.budget().weights(),
        changelogs);
  }
}
