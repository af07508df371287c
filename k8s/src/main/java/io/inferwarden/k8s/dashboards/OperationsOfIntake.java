package io.inferwarden.k8s.dashboards;

/** Rows of the page Operations: the collector, and its log and spool. */
final class OperationsOfIntake {
  private OperationsOfIntake() {}

  static Row collector() {
    return Row.of(
        "Collector",
        Panel.lines(
                "Requests",
                Unit.REQUESTS_PER_SECOND,
                "Requests of senders by the class of the answer. 4xx are the senders' faults: keys, quotas, formats. 5xx mean that events were not taken: look at the log's row.")
            .query(
                "sum by (status) (rate(inferwarden_ingest_request_seconds_count{@here}[$__rate_interval]))",
                "{{status}}")
            .stacked()
            .link(Link.runbook("platform-collector-refusing")),
        Panel.lines(
                "Time to answer",
                Unit.SECONDS,
                "From the head of a request to the end of its answer. Senders wait for Kafka, so a slow Kafka shows here first; a spool takes that away.")
            .query(
                "histogram_quantile(0.5, sum by (le) (rate(inferwarden_ingest_request_seconds_bucket{@here}[$__rate_interval])))",
                "half of them within")
            .query(
                "histogram_quantile(0.99, sum by (le) (rate(inferwarden_ingest_request_seconds_bucket{@here}[$__rate_interval])))",
                "99 % within")
            .fromZero(),
        Panel.lines(
                "What became of events",
                Unit.EVENTS_PER_SECOND,
                "Events that senders brought. Accepted ones are safe; over_quota and unavailable ones come again if the sender tries again, as it should.")
            .query(
                "sum by (outcome) (rate(inferwarden_ingest_events_total{@here}[$__rate_interval]))",
                "{{outcome}}")
            .stacked()
            .link(Link.runbook("platform-senders-over-quota")),
        Panel.lines(
                "Rejections by reason",
                Unit.EVENTS_PER_SECOND,
                "Why events were rejected. The answer to the sender names line and field; tell whoever runs it.")
            .query(
                "sum by (source, reason) (rate(inferwarden_ingest_rejections_total{@here}[$__rate_interval]))",
                "{{source}}: {{reason}}")
            .stacked(),
        Panel.lines(
                "Requests under way",
                Unit.COUNT,
                "Requests without an answer yet. If it only climbs, the log does not take events.")
            .wide(8)
            .query(
                "sum by (instance) (inferwarden_ingest_requests_in_flight{@here})", "{{instance}}")
            .fromZero(),
        Panel.lines(
                "Bytes received",
                Unit.BYTES,
                "Bodies of requests in bytes a second, before decompression. Use it to size the network and the brokers.")
            .wide(8)
            .query(
                "sum by (route) (rate(inferwarden_ingest_request_bytes_total{@here}[$__rate_interval]))",
                "{{route}}")
            .stacked(),
        Panel.lines(
                "Position of the audit chain",
                Unit.COUNT,
                "Records in the chain of each collector. It rises with the events; if it stands still while events are accepted, they are not audited.")
            .wide(8)
            .query(
                "sum by (instance) (inferwarden_ingest_log_chain_position{@here})", "{{instance}}")
            .fromZero()
            .link(Link.runbook("platform-audit-chain-stalled")));
  }

  static Row log() {
    return Row.of(
        "The collector's log and spool",
        Panel.lines(
                "Transactions",
                Unit.PER_SECOND,
                "Transactions with Kafka by how they ended. Aborted ones are tried again; unknown ones make senders send twice, which is detected. If they go on, look at the brokers.")
            .wide(8)
            .query(
                "sum by (outcome) (rate(inferwarden_ingest_log_transactions_total{@here}[$__rate_interval]))",
                "{{outcome}}")
            .stacked()
            .link(Link.runbook("platform-collector-kafka-away")),
        Panel.lines(
                "Time to commit to Kafka",
                Unit.SECONDS,
                "From the beginning of a transaction to its commit, 99 of 100. Above a second, senders feel it.")
            .wide(8)
            .query(
                "histogram_quantile(0.99, sum by (le) (rate(inferwarden_ingest_log_commit_seconds_bucket{@here}[$__rate_interval])))",
                "99 % within")
            .fromZero()
            .warnFrom(1),
        Panel.lines(
                "What senders were told",
                Unit.EVENTS_PER_SECOND,
                "Events acknowledged, or refused since memory, spool (full) or Kafka (away) could not take them. Refused events are lost if the sender does not try again.")
            .wide(8)
            .query(
                "sum by (outcome) (rate(inferwarden_ingest_log_appended_total{@here}[$__rate_interval]))",
                "{{outcome}}")
            .stacked(),
        Panel.lines(
                "Waiting in memory and in the spool",
                Unit.BYTES,
                "What Kafka does not have yet. The spool fills while Kafka is away; at its limit senders are refused.")
            .wide(8)
            .query(
                "sum by (instance) (inferwarden_ingest_log_queue_bytes{@here})",
                "{{instance}}: memory")
            .query(
                "sum by (instance) (inferwarden_ingest_log_spool_bytes{@here})",
                "{{instance}}: spool")
            .fromZero()
            .link(Link.runbook("platform-spool-growing")),
        Panel.lines(
                "Oldest event in the spool",
                Unit.SECONDS,
                "How long the oldest acknowledged event has waited for Kafka. Detection is late by as much.")
            .wide(8)
            .query(
                "max by (instance) (inferwarden_ingest_log_spool_oldest_unsent_seconds{@here})",
                "{{instance}}")
            .fromZero()
            .warnFrom(60)
            .link(Link.runbook("platform-spool-growing")),
        Panel.lines(
                "Damage in the spool",
                Unit.COUNT,
                "Places in the last hour where the spool could not be read and something was skipped. If it is not 0, look at the disk, and keep the damaged file.")
            .wide(8)
            .query(
                "sum by (instance) (increase(inferwarden_ingest_log_spool_corrupt_total{@here}[1h]))",
                "{{instance}}")
            .fromZero()
            .badFrom(1)
            .link(Link.runbook("platform-spool-damaged")));
  }
}
