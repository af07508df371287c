package io.inferwarden.ingest.collector.log;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Locale;
import java.util.Map;

/** What the log says of itself. The names are public API. */
public final class LogMetrics {
  private static final double NANOS = 1e9;

  private final Counter transactions;
  private final Counter appended;
  private final Histogram transactionEvents;
  private final Histogram commitSeconds;
  private final Gauge queueBytes;
  private final Gauge spoolBytes;
  private final Gauge spoolOldestSeconds;
  private final Counter spoolCorrupt;
  private final Gauge chainPosition;

  public LogMetrics(CollectorRegistry registry) {
    transactions =
        Counter.build(
                "inferwarden_ingest_log_transactions_total",
                "Transactions: committed, aborted, or unknown when Kafka did not say.")
            .labelNames("outcome")
            .register(registry);
    appended =
        Counter.build(
                "inferwarden_ingest_log_appended_total",
                "Events and companions appended, by what the sender was told.")
            .labelNames("outcome")
            .register(registry);
    transactionEvents =
        Histogram.build(
                "inferwarden_ingest_log_transaction_events",
                "Events and companions of a committed transaction.")
            .buckets(1, 10, 100, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
            .register(registry);
    commitSeconds =
        Histogram.build(
                "inferwarden_ingest_log_commit_seconds",
                "From the beginning of a transaction to its commit.")
            .buckets(.002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10)
            .register(registry);
    queueBytes =
        Gauge.build("inferwarden_ingest_log_queue_bytes", "What waits in memory, about.")
            .register(registry);
    spoolBytes =
        Gauge.build("inferwarden_ingest_log_spool_bytes", "What the spool holds on disk.")
            .register(registry);
    spoolOldestSeconds =
        Gauge.build(
                "inferwarden_ingest_log_spool_oldest_unsent_seconds",
                "Age of the oldest batch of the spool that Kafka does not have; 0 when it has all.")
            .register(registry);
    spoolCorrupt =
        Counter.build(
                "inferwarden_ingest_log_spool_corrupt_total",
                "Places where the spool was damaged and something was skipped.")
            .register(registry);
    chainPosition =
        Gauge.build(
                "inferwarden_ingest_log_chain_position",
                "Records in the audit chain of this collector.")
            .labelNames("partition")
            .register(registry);
    for (TransactionOutcome outcome : TransactionOutcome.values()) {
      transactions.labels(outcome.code()).inc(0);
    }
    for (Told told : Told.values()) {
      appended.labels(told.code()).inc(0);
    }
  }

  /** What the sender of a batch was told. */
  enum Told {
    ACKNOWLEDGED,
    FULL,
    AWAY;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void transaction(TransactionOutcome outcome) {
    transactions.labels(outcome.code()).inc();
  }

  void committed(int size, long nanos) {
    transactionEvents.observe(size);
    commitSeconds.observe(nanos / NANOS);
  }

  void appended(Told told, int size) {
    appended.labels(told.code()).inc(size);
  }

  void queueBytes(long bytes) {
    queueBytes.set((double) bytes);
  }

  void spool(long bytes, long oldestUnsentMillis) {
    spoolBytes.set((double) bytes);
    spoolOldestSeconds.set(oldestUnsentMillis / 1e3);
  }

  void spoolCorrupt() {
    spoolCorrupt.inc();
  }

  void chainPositions(Map<Integer, Long> positions) {
    positions.forEach(
        (partition, position) -> chainPosition.labels(partition.toString()).set((double) position));
  }
}
