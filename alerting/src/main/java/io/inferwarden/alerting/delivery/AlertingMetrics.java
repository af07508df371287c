package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Outcome;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/**
 * All metrics of this module. For every sink, what was received is the sum over the outcomes
 * (delivered, silenced, folded, dead-lettered, and handed over to another instance), plus what is
 * pending.
 */
public final class AlertingMetrics {
  /** Outcome of what another instance delivers, since it took over the partition. */
  private static final String HANDED_OVER = "handed_over";

  private static final double[] LATENCY_SECONDS = {
    0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 15, 30, 60, 300, 1800, 7200, 43_200
  };

  /** How an attempt ended. */
  enum AttemptEnd {
    TAKEN,
    RETRYABLE,
    THROTTLED,
    PERMANENT;

    static AttemptEnd of(DeliveryException failure) {
      if (!failure.isRetryable()) {
        return PERMANENT;
      }
      return failure.retryAfter().isPresent() ? THROTTLED : RETRYABLE;
    }

    String code() {
      return switch (this) {
        case TAKEN -> "taken";
        case RETRYABLE -> "retryable";
        case THROTTLED -> "throttled";
        case PERMANENT -> "permanent";
      };
    }
  }

  private final Counter received;
  private final Counter outcomes;
  private final Gauge pending;
  private final Gauge oldestPending;
  private final Counter attempts;
  private final Histogram latency;
  private final Gauge lastSuccess;
  private final Gauge breakerOpen;
  private final Gauge enabled;
  private final Counter digests;
  private final Counter unreadable;
  private final Counter restarts;

  public AlertingMetrics(CollectorRegistry registry) {
    received =
        counter(registry, "inferwarden_notifications_received_total", "Notifications for a sink.");
    outcomes =
        Counter.build(
                "inferwarden_notifications_total",
                "What became of the notifications for a sink: delivered, silenced, folded,"
                    + " dead_lettered, or handed_over (another instance delivers them).")
            .labelNames("sink", "outcome")
            .register(registry);
    pending =
        gauge(
            registry, "inferwarden_notifications_pending", "Notifications that wait or are tried.");
    oldestPending =
        gauge(
            registry,
            "inferwarden_notification_oldest_pending_seconds",
            "Age of the oldest notification that waits or is tried; 0 when there is none.");
    attempts =
        Counter.build(
                "inferwarden_notification_attempts_total",
                "Attempts to deliver: taken, or failed as retryable, throttled (the receiver asked"
                    + " to wait) or permanent.")
            .labelNames("sink", "outcome")
            .register(registry);
    latency =
        Histogram.build(
                "inferwarden_notification_delivery_seconds",
                "Time from the creation of a notification until its sink took it.")
            .labelNames("sink")
            .buckets(LATENCY_SECONDS)
            .register(registry);
    lastSuccess =
        gauge(
            registry,
            "inferwarden_notification_last_success_timestamp_seconds",
            "When the sink last took a notification; 0 before the first.");
    breakerOpen =
        gauge(
            registry,
            "inferwarden_notification_breaker_open",
            "1 while a receiver that took nothing is left alone, 0 otherwise.");
    enabled =
        gauge(
            registry,
            "inferwarden_notification_sink_enabled",
            "1 while a sink takes notifications, 0 once its receiver said that it is gone.");
    digests =
        counter(registry, "inferwarden_notification_digests_total", "Digests made for a sink.");
    unreadable =
        counter(
            registry,
            "inferwarden_notification_records_unreadable_total",
            "Records of the outbox that were no notification and went to dead letters.");
    restarts =
        counter(
            registry,
            "inferwarden_notification_worker_restarts_total",
            "Times a sink's worker began anew, since Kafka had failed it.");
  }

  private static Counter counter(CollectorRegistry registry, String name, String help) {
    return Counter.build(name, help).labelNames("sink").register(registry);
  }

  private static Gauge gauge(CollectorRegistry registry, String name, String help) {
    return Gauge.build(name, help).labelNames("sink").register(registry);
  }

  /**
   * Makes the sink's series exist from the start, so that a rate over them sees the first change.
   */
  void watch(String sink) {
    received.labels(sink);
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isFinal()) {
        outcomes.labels(sink, outcome.code());
      }
    }
    outcomes.labels(sink, HANDED_OVER);
    for (AttemptEnd end : AttemptEnd.values()) {
      attempts.labels(sink, end.code());
    }
    pending.labels(sink);
    oldestPending.labels(sink);
    latency.labels(sink);
    lastSuccess.labels(sink);
    breakerOpen.labels(sink);
    enabled.labels(sink).set(1);
    digests.labels(sink);
    unreadable.labels(sink);
    restarts.labels(sink);
  }

  /**
   * Counts a notification that a silence, a maintenance window or an inhibition kept from its sink.
   * Whoever decided that calls it, as the sink's worker never sees it.
   */
  public void countSilenced(String sink) {
    received.labels(sink).inc();
    outcomes.labels(sink, Outcome.SILENCED.code()).inc();
  }

  /** Notifications that ended as dead letters, over all sinks, and records that were none. */
  public double deadLetters() {
    double letters = 0;
    for (Collector.MetricFamilySamples family : outcomes.collect()) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        if (sample.name.endsWith("_total")
            && sample.labelValues.contains(Outcome.DEAD_LETTERED.code())) {
          letters += sample.value;
        }
      }
    }
    for (Collector.MetricFamilySamples family : unreadable.collect()) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        if (sample.name.endsWith("_total")) {
          letters += sample.value;
        }
      }
    }
    return letters;
  }

  void countReceived(String sink) {
    received.labels(sink).inc();
  }

  void countOutcome(String sink, Outcome outcome) {
    outcomes.labels(sink, outcome.code()).inc();
  }

  void countHandedOver(String sink, int count) {
    outcomes.labels(sink, HANDED_OVER).inc(count);
  }

  void countAttempt(String sink, AttemptEnd end) {
    attempts.labels(sink, end.code()).inc();
  }

  void observeDelivered(String sink, long createdAtMillis, long nowMillis) {
    latency.labels(sink).observe(Math.max(0, nowMillis - createdAtMillis) / 1000.0);
    lastSuccess.labels(sink).set(nowMillis / 1000.0);
  }

  void countDigest(String sink) {
    digests.labels(sink).inc();
  }

  void countUnreadable(String sink) {
    unreadable.labels(sink).inc();
  }

  void countRestart(String sink) {
    restarts.labels(sink).inc();
  }

  void setPending(String sink, int count, long oldestAgeMillis) {
    pending.labels(sink).set(count);
    oldestPending.labels(sink).set(oldestAgeMillis / 1000.0);
  }

  void setBreakerOpen(String sink, boolean isOpen) {
    breakerOpen.labels(sink).set(isOpen ? 1 : 0);
  }

  void setEnabled(String sink, boolean isEnabled) {
    enabled.labels(sink).set(isEnabled ? 1 : 0);
  }
}
