package io.inferwarden.k8s.dashboards;

/** Rows of the page Operations: state, and the Kafka below it. */
final class OperationsOfState {
  private OperationsOfState() {}

  static Row state() {
    return Row.of(
        "State and rebalances",
        Panel.lines(
                "Left to restore",
                Unit.COUNT,
                "Records that an instance must read before it works on. It falls to 0 after a start; if it stands still, the instance cannot read its changelogs.")
            .wide(8)
            .query(
                "sum by (instance) (inferwarden_restore_remaining_records{@here})", "{{instance}}")
            .fromZero()
            .link(Link.runbook("platform-restore-stuck")),
        Panel.lines(
                "Restored",
                Unit.PER_SECOND,
                "Records read to restore state. Together with what is left it says how long a start still takes.")
            .wide(8)
            .query(
                "sum by (instance) (rate(inferwarden_restored_records_total{@here}[$__rate_interval]))",
                "{{instance}}")
            .fromZero(),
        Panel.lines(
                "Time to restore",
                Unit.SECONDS,
                "How long restores of the last hour took, at most. If it comes near the startup probe's patience, raise that or keep a standby replica.")
            .wide(8)
            .query(
                "histogram_quantile(1, sum by (le) (increase(inferwarden_restore_seconds_bucket{@here}[1h])))",
                "longest")
            .fromZero(),
        Panel.lines(
                "Rebalances",
                Unit.COUNT,
                "How often work moved between instances in an hour. Some at each roll-out are right; if they go on without one, an instance is too slow to answer or is restarted again and again.")
            .wide(8)
            .query(
                "sum by (instance) (increase(inferwarden_rebalances_total{@here}[1h]))",
                "{{instance}}")
            .fromZero()
            .link(Link.runbook("platform-rebalancing")),
        Panel.lines(
                "Time to rebalance",
                Unit.SECONDS,
                "How long rebalances of the last hour took, 99 of 100. Nothing is judged on the partitions that move meanwhile.")
            .wide(8)
            .query(
                "histogram_quantile(0.99, sum by (le) (increase(inferwarden_rebalance_seconds_bucket{@here}[1h])))",
                "99 %")
            .fromZero(),
        Panel.lines(
                "Baselines in use, events that wait for one",
                Unit.COUNT,
                "Events of a model wait while it learns what is usual. If they still wait after the learning time, the model was asked by too few principals to learn from.")
            .wide(8)
            .query("sum by (instance) (inferwarden_baselines{@here})", "{{instance}}: baselines")
            .query(
                "sum by (instance) (inferwarden_events_waiting{@here})",
                "{{instance}}: events that wait")
            .fromZero()
            .link(Link.runbook("platform-detection-blind")),
        Panel.lines(
                "Entries of the stores",
                Unit.COUNT,
                "How much each store holds. It is bounded by the policy; a store that only grows needs a look at maximumPrincipals.")
            .query("sum by (store) (inferwarden_state_entries{@here})", "{{store}}")
            .fromZero(),
        Panel.lines(
                "State on disk",
                Unit.BYTES,
                "What the state folder holds: little, since state is kept in memory and restored from Kafka. If it grows, look at what else writes there.")
            .query("max by (instance) (inferwarden_state_folder_bytes{@here})", "{{instance}}")
            .fromZero());
  }

  static Row kafka() {
    return Row.of(
        "Threads and Kafka",
        Panel.lines(
                "Threads",
                Unit.COUNT,
                "Threads that judge. A dead one is replaced; if one stays dead, its partitions have no judge until the instance restarts.")
            .query(
                "sum by (instance, state) (inferwarden_stream_threads{@here})",
                "{{instance}}: {{state}}")
            .fromZero()
            .coloured(".*: dead", Colour.RED)
            .link(Link.runbook("platform-stream-thread-dead")),
        Panel.lines(
                "Time to commit",
                Unit.SECONDS,
                "How long a thread needs to make its work permanent, on average. If it rises, Kafka is slow: look at its brokers and at the network.")
            .query(
                "max by (instance) (kafka_streams_commit_latency_avg_seconds{@here})",
                "{{instance}}")
            .fromZero(),
        Panel.lines(
                "Farthest behind",
                Unit.COUNT,
                "Records behind the end of the partition that is farthest behind, by thread. If one thread stands out, one partition has far more events: a few principals send most of them.")
            .query(
                "max by (instance, thread) (kafka_consumer_records_lag_max{@here})",
                "{{instance}} {{thread}}")
            .fromZero(),
        Panel.lines(
                "Records that Kafka did not take",
                Unit.PER_SECOND,
                "Writes that failed for good. If it is not 0, look for a topic that is missing, full or forbidden, and for the error in the log.")
            .query(
                "sum by (instance) (rate(kafka_producer_record_error_total{@here}[$__rate_interval]))",
                "{{instance}}")
            .fromZero());
  }
}
