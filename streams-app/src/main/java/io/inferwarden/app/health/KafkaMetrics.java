package io.inferwarden.app.health;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * A fixed choice of the metrics of Kafka's clients and of Kafka Streams, told to Prometheus in base
 * units and by stream thread. Of several clients of one thread the largest value is told.
 */
public final class KafkaMetrics extends Collector {

  /** How a value of Kafka becomes one of Prometheus. */
  private enum Unit {
    PLAIN(1),
    MILLIS(1e-3),
    NANOS(1e-9);

    private final double factor;

    Unit(double factor) {
      this.factor = factor;
    }
  }

  private record Choice(String group, String name, String family, Unit unit, String help) {
    Type type() {
      return family.endsWith("_total") ? Type.COUNTER : Type.GAUGE;
    }
  }

  private static final String THREADS = "stream-thread-metrics";
  private static final String FETCHES = "consumer-fetch-manager-metrics";
  private static final String CONSUMERS = "consumer-metrics";
  private static final String GROUPS = "consumer-coordinator-metrics";
  private static final String PRODUCERS = "producer-metrics";

  private static final List<Choice> CHOICES =
      List.of(
          of(THREADS, "process-rate", "streams_process_rate", "Records judged a second."),
          of(THREADS, "process-ratio", "streams_process_ratio", "Share of time spent judging."),
          of(
              THREADS,
              "poll-ratio",
              "streams_poll_ratio",
              "Share of time spent asking for records."),
          of(THREADS, "commit-ratio", "streams_commit_ratio", "Share of time spent committing."),
          of(
              THREADS,
              "punctuate-ratio",
              "streams_punctuate_ratio",
              "Share of time spent on what is due by the clock."),
          millis(
              THREADS,
              "process-latency-avg",
              "streams_process_latency_avg_seconds",
              "Mean time to judge the records of one turn."),
          of(THREADS, "commit-rate", "streams_commit_rate", "Commits a second."),
          millis(
              THREADS,
              "commit-latency-avg",
              "streams_commit_latency_avg_seconds",
              "Mean time of a commit."),
          millis(
              THREADS,
              "commit-latency-max",
              "streams_commit_latency_max_seconds",
              "Longest time of a commit."),
          new Choice(
              THREADS,
              "blocked-time-ns-total",
              "kafka_streams_blocked_seconds_total",
              Unit.NANOS,
              "Time that the thread waited for Kafka."),
          of(
              THREADS,
              "task-created-total",
              "streams_tasks_created_total",
              "Tasks that the thread got."),
          of(THREADS, "task-closed-total", "streams_tasks_closed_total", "Tasks that it gave up."),
          of(
              FETCHES,
              "records-lag-max",
              "consumer_records_lag_max",
              "Most records not fetched yet."),
          of(
              FETCHES,
              "records-consumed-rate",
              "consumer_records_consumed_rate",
              "Records fetched a second."),
          of(
              FETCHES,
              "bytes-consumed-rate",
              "consumer_consumed_bytes_rate",
              "Bytes fetched a second."),
          millis(
              FETCHES,
              "fetch-latency-avg",
              "consumer_fetch_latency_avg_seconds",
              "Mean time until a fetch is answered."),
          of(
              CONSUMERS,
              "last-poll-seconds-ago",
              "consumer_last_poll_age_seconds",
              "Time since the thread asked for records."),
          of(
              GROUPS,
              "last-heartbeat-seconds-ago",
              "consumer_last_heartbeat_age_seconds",
              "Time since the group heard of the thread."),
          of(GROUPS, "rebalance-total", "consumer_rebalances_total", "Rebalances of the group."),
          of(
              GROUPS,
              "failed-rebalance-total",
              "consumer_failed_rebalances_total",
              "Rebalances of the group that failed."),
          of(PRODUCERS, "record-send-rate", "producer_record_send_rate", "Records sent a second."),
          of(
              PRODUCERS,
              "record-error-total",
              "producer_record_error_total",
              "Records that could not be sent."),
          of(
              PRODUCERS,
              "record-retry-total",
              "producer_record_retry_total",
              "Records that were sent again."),
          millis(
              PRODUCERS,
              "request-latency-avg",
              "producer_request_latency_avg_seconds",
              "Mean time until a request is answered."),
          of(
              PRODUCERS,
              "buffer-available-bytes",
              "producer_buffer_available_bytes",
              "Room for records that wait to be sent."),
          new Choice(
              PRODUCERS,
              "txn-commit-time-ns-total",
              "kafka_producer_transaction_commit_seconds_total",
              Unit.NANOS,
              "Time spent committing transactions."));

  private static final Map<String, Map<String, Choice>> BY_GROUP = byGroup();
  private static final Pattern THREAD =
      Pattern.compile("StreamThread-(\\d+)(?:-consumer|-producer)?$");
  private static final String GLOBAL = "-global-consumer";

  private final Supplier<Map<MetricName, ? extends Metric>> metrics;

  /**
   * @param metrics those of Kafka Streams and of its clients, as they are now
   */
  public KafkaMetrics(Supplier<Map<MetricName, ? extends Metric>> metrics) {
    this.metrics = metrics;
  }

  private static Choice of(String group, String name, String family, String help) {
    return new Choice(group, name, "kafka_" + family, Unit.PLAIN, help);
  }

  private static Choice millis(String group, String name, String family, String help) {
    return new Choice(group, name, "kafka_" + family, Unit.MILLIS, help);
  }

  private static Map<String, Map<String, Choice>> byGroup() {
    Map<String, Map<String, Choice>> byGroup = new HashMap<>();
    for (Choice choice : CHOICES) {
      byGroup.computeIfAbsent(choice.group(), group -> new HashMap<>()).put(choice.name(), choice);
    }
    return byGroup;
  }

  /** The stream thread of a metric, by number, or "global"; nothing for what is of no thread. */
  static Optional<String> threadOf(Map<String, String> tags) {
    String name = tags.getOrDefault("thread-id", tags.getOrDefault("client-id", ""));
    Matcher matcher = THREAD.matcher(name);
    if (matcher.find()) {
      return Optional.of(matcher.group(1));
    }
    return name.endsWith(GLOBAL) ? Optional.of("global") : Optional.empty();
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Map<Choice, Map<String, Double>> values = new HashMap<>();
    metrics.get().forEach((name, metric) -> take(name, metric, values));
    List<MetricFamilySamples> families = new ArrayList<>();
    for (Choice choice : CHOICES) {
      families.add(family(choice, values.getOrDefault(choice, Map.of())));
    }
    return families;
  }

  private static void take(
      MetricName name, Metric metric, Map<Choice, Map<String, Double>> values) {
    Choice choice = BY_GROUP.getOrDefault(name.group(), Map.of()).get(name.name());
    // Of what is told for each topic or partition as well, only the whole.
    if (choice == null || name.tags().containsKey("topic")) {
      return;
    }
    Optional<String> thread = threadOf(name.tags());
    if (thread.isPresent()
        && metric.metricValue() instanceof Number number
        && Double.isFinite(number.doubleValue())
        && number.doubleValue() >= 0) {
      values
          .computeIfAbsent(choice, first -> new TreeMap<>())
          .merge(thread.get(), number.doubleValue() * choice.unit().factor, Math::max);
    }
  }

  private static MetricFamilySamples family(Choice choice, Map<String, Double> byThread) {
    List<MetricFamilySamples.Sample> samples = new ArrayList<>();
    byThread.forEach(
        (thread, value) ->
            samples.add(
                new MetricFamilySamples.Sample(
                    choice.family(), List.of("thread"), List.of(thread), value)));
    return new MetricFamilySamples(choice.family(), choice.type(), choice.help(), samples);
  }
}
