package io.inferwarden.alerting.delivery;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/**
 * All metrics of this module. For every sink, what was received is the sum over the outcomes, plus
 * what is being delivered at the moment.
 */
public final class AlertingMetrics {
  private final Counter received;
  private final Counter outcomes;
  private final Counter failedAttempts;
  private final Counter unreadable;
  private final Counter deadLetterFailures;
  private final Counter commitFailures;
  private final Gauge enabled;

  public AlertingMetrics(CollectorRegistry registry) {
    received =
        Counter.build("inferwarden_notifications_received_total", "Incidents handed to a sink.")
            .labelNames("sink")
            .register(registry);
    outcomes =
        Counter.build(
                "inferwarden_notifications_total",
                "What became of the incidents handed to a sink: delivered, suppressed (the sink is"
                    + " disabled), dead_lettered, or interrupted (delivered again after a restart).")
            .labelNames("sink", "outcome")
            .register(registry);
    failedAttempts =
        Counter.build(
                "inferwarden_notification_attempts_failed_total",
                "Attempts that a sink did not take, by whether another may help.")
            .labelNames("sink", "retryable")
            .register(registry);
    unreadable =
        Counter.build(
                "inferwarden_notification_records_unreadable_total",
                "Records of the incidents topic that were no incident and went to dead letters.")
            .register(registry);
    deadLetterFailures =
        Counter.build(
                "inferwarden_dead_letter_write_failures_total",
                "Attempts to write a dead letter that failed; each is tried again.")
            .register(registry);
    commitFailures =
        Counter.build(
                "inferwarden_notification_commit_failures_total",
                "Commits that failed; what they would have covered may be delivered again.")
            .register(registry);
    enabled =
        Gauge.build(
                "inferwarden_notification_sink_enabled",
                "1 while a sink takes incidents, 0 once its receiver said that it is gone.")
            .labelNames("sink")
            .register(registry);
  }

  /**
   * Makes the sink's series exist from the start, so that a rate over them sees the first change.
   */
  void watch(String sink) {
    received.labels(sink);
    for (Outcome outcome : Outcome.values()) {
      outcomes.labels(sink, outcome.code());
    }
    failedAttempts.labels(sink, "true");
    failedAttempts.labels(sink, "false");
    enabled.labels(sink).set(1);
  }

  void countReceived(String sink) {
    received.labels(sink).inc();
  }

  void countOutcome(String sink, Outcome outcome) {
    outcomes.labels(sink, outcome.code()).inc();
  }

  void countFailedAttempt(String sink, boolean retryable) {
    failedAttempts.labels(sink, Boolean.toString(retryable)).inc();
  }

  void countUnreadable() {
    unreadable.inc();
  }

  void countDeadLetterFailure() {
    deadLetterFailures.inc();
  }

  void countCommitFailure() {
    commitFailures.inc();
  }

  void setEnabled(String sink, boolean isEnabled) {
    enabled.labels(sink).set(isEnabled ? 1 : 0);
  }
}
