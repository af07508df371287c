package io.inferwarden.k8s.dashboards;

/** A row of the page Operations: who is told of incidents, and whether that works. */
final class OperationsOfSinks {
  private OperationsOfSinks() {}

  static Row sinks() {
    return Row.of(
        "Sinks",
        Panel.lines(
                "What became of notifications",
                Unit.PER_SECOND,
                "By sink and end: delivered; silenced or folded by your rules; dead_lettered when the receiver refused it for good, which needs a look; handed_over to another instance.")
            .query(
                "sum by (sink, outcome) (rate(inferwarden_notifications_total{@here}[$__rate_interval]))",
                "{{sink}}: {{outcome}}")
            .stacked()
            .link(Link.deliveries("Dead letters in the ledger", "outcome=dead_lettered"))
            .link(Link.runbook("platform-dead-letter-notifications")),
        Panel.lines(
                "Failed attempts",
                Unit.PER_SECOND,
                "Attempts that a receiver did not take: retryable and throttled ones are tried again, permanent ones are not. If one sink fails all the time, test it with: inferwarden alerts test.")
            .query(
                "sum by (sink, outcome) (rate(inferwarden_notification_attempts_total{@here, outcome!=\"taken\"}[$__rate_interval]))",
                "{{sink}}: {{outcome}}")
            .stacked()
            .link(Link.runbook("platform-sink-failing"))
            .link(Link.runbook("delivery-failing")),
        Panel.lines(
                "Waiting", Unit.COUNT, "Notifications that wait for each sink or are being tried.")
            .wide(8)
            .query("sum by (sink) (inferwarden_notifications_pending{@here})", "{{sink}}")
            .fromZero()
            .link(Link.runbook("platform-sink-backlog")),
        Panel.lines(
                "Oldest that waits",
                Unit.SECONDS,
                "How long the oldest notification of each sink has waited. Nobody at that sink knows of what happened since.")
            .wide(8)
            .query(
                "max by (sink) (inferwarden_notification_oldest_pending_seconds{@here})",
                "{{sink}}")
            .fromZero()
            .link(Link.runbook("platform-sink-backlog")),
        Panel.lines(
                "Time to deliver",
                Unit.SECONDS,
                "From the making of a notification until its sink took it, 99 of 100 in the last hour. Grouping and limits of the policy are part of it.")
            .wide(8)
            .query(
                "histogram_quantile(0.99, sum by (sink, le) (increase(inferwarden_notification_delivery_seconds_bucket{@here}[1h])))",
                "{{sink}}")
            .fromZero(),
        Panel.figure(
                "Breaker",
                Unit.WORDS,
                "Open while a receiver that took nothing is left alone for a while. It closes by itself once the receiver answers.")
            .wide(8)
            .query("max by (sink) (inferwarden_notification_breaker_open{@here})", "{{sink}}")
            .says(0, "closed", Colour.GREEN)
            .says(1, "open", Colour.RED)
            .link(Link.runbook("platform-sink-failing")),
        Panel.figure(
                "Sinks in use",
                Unit.WORDS,
                "Disabled once a receiver said that it is gone (410). Correct its address and restart the dispatcher.")
            .wide(8)
            .query("min by (sink) (inferwarden_notification_sink_enabled{@here})", "{{sink}}")
            .says(0, "disabled", Colour.RED)
            .says(1, "enabled", Colour.GREEN)
            .link(Link.runbook("platform-sink-disabled")),
        Panel.figure(
                "Worker restarts in a day",
                Unit.COUNT,
                "How often a sink's worker began anew, since Kafka had failed it. One at a time is harmless; many mean that Kafka is not well.")
            .wide(8)
            .query(
                "sum by (sink) (increase(inferwarden_notification_worker_restarts_total{@here}[1d]))",
                "{{sink}}")
            .warnFrom(3)
            .link(Link.runbook("platform-delivery-restarting")),
        Panel.lines(
                "Since the last delivery",
                Unit.SECONDS,
                "Time since each sink last took something. With a watchdog in the policy it stays below the watchdog's interval; if it does not, the way of the alerts is broken.")
            .wide(24)
            .query(
                "time() - max by (sink) (inferwarden_notification_last_success_timestamp_seconds{@here} > 0)",
                "{{sink}}")
            .fromZero()
            .link(Link.runbook("platform-heartbeat-late")));
  }
}
