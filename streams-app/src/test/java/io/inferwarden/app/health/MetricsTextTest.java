package io.inferwarden.app.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.app.metrics.AppMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  private static final String CLIENT = "app-4f1c-StreamThread-2";

  private final CollectorRegistry registry = new CollectorRegistry();

  private static final class Busy implements StreamsMetrics.Source {
    @Override
    public EngineState state() {
      return EngineState.RUNNING;
    }

    @Override
    public List<WorkerThread> threads() {
      return List.of(new WorkerThread(CLIENT, "RUNNING", 0));
    }

    @Override
    public int wantedThreads() {
      return 2;
    }

    @Override
    public Map<String, Long> lagByTopic() {
      return Map.of("inference-events", 42L);
    }

    @Override
    public double progressAgeSeconds() {
      return 1.5;
    }

    @Override
    public long restoreRemaining() {
      return 7;
    }

    @Override
    public Map<String, Long> stateEntries() {
      return Map.of("principals", 9L);
    }

    @Override
    public long stateFolderBytes() {
      return 4096;
    }
  }

  private record Given(MetricName metricName, Object metricValue) implements Metric {}

  private static Map<MetricName, Metric> given(
      String group, String name, String client, double value) {
    MetricName full = new MetricName(name, group, "", Map.of("client-id", client));
    return Map.of(full, new Given(full, value));
  }

  private String text() throws IOException {
    StringWriter text = new StringWriter();
    TextFormat.write004(text, registry.metricFamilySamples());
    return text.toString();
  }

  private void registerAll() {
    Map<MetricName, Metric> kafka = new HashMap<>();
    kafka.putAll(given("producer-metrics", "record-error-total", CLIENT + "-producer", 3));
    kafka.putAll(given("producer-metrics", "record-error-total", "app-admin", 99));
    kafka.putAll(
        given("consumer-fetch-manager-metrics", "records-lag-max", CLIENT + "-consumer", 5));
    kafka.putAll(
        given(
            "consumer-fetch-manager-metrics", "records-lag-max", CLIENT + "-restore-consumer", 77));
    MetricName latency =
        new MetricName(
            "commit-latency-avg", "stream-thread-metrics", "", Map.of("thread-id", CLIENT));
    kafka.put(latency, new Given(latency, 12.5));
    MetricName never =
        new MetricName("process-rate", "stream-thread-metrics", "", Map.of("thread-id", CLIENT));
    kafka.put(never, new Given(never, Double.NaN));
    StreamsMetrics streams = new StreamsMetrics(registry);
    streams.restored(11);
    streams.restoreEnded(2);
    streams.rebalanceBegan();
    streams.rebalanceEnded(3);
    StreamsMetrics.register(new Busy(), registry);
    registry.register(new KafkaMetrics(() -> kafka));
    HealthReport report =
        new HealthReport(
            "RUNNING", true, false, true, OptionalLong.of(42), 7, List.of(), Optional.of("lag"));
    ProcessMetrics.register(() -> report, new Build("1.2", "abc"), registry);
    AppMetrics app = new AppMetrics(registry);
    app.eventsRejected.labels("not_json").inc(4);
    app.eventsRejected.labels("too_large").inc();
    DeadLetterCounts letters = new DeadLetterCounts();
    letters.add("dead-letter-events", () -> CounterSum.of(app.eventsRejected));
    letters.add("dead-letter-events", () -> 10);
    letters.add("dead-letter-notifications", new AlertingMetrics(registry)::deadLetters);
    registry.register(letters);
  }

  @Test
  void everythingIsToldUnderItsName() throws Exception {
    registerAll();

    assertThat(text())
        .contains(
            "inferwarden_streams_state{state=\"RUNNING\",} 1.0",
            "inferwarden_streams_state{state=\"ERROR\",} 0.0",
            "inferwarden_stream_threads{state=\"alive\",} 1.0",
            "inferwarden_stream_threads{state=\"dead\",} 1.0",
            "inferwarden_input_lag_records{topic=\"inference-events\",} 42.0",
            "inferwarden_progress_age_seconds 1.5",
            "inferwarden_restore_remaining_records 7.0",
            "inferwarden_restored_records_total 11.0",
            "inferwarden_restore_seconds_count 1.0",
            "inferwarden_rebalances_total 1.0",
            "inferwarden_rebalance_seconds_sum 3.0",
            "inferwarden_state_entries{store=\"principals\",} 9.0",
            "inferwarden_state_folder_bytes 4096.0",
            "inferwarden_dead_letters_total{topic=\"dead-letter-events\",} 15.0",
            "inferwarden_dead_letters_total{topic=\"dead-letter-notifications\",} 0.0",
            "inferwarden_build_info{version=\"1.2\",revision=\"abc\",} 1.0",
            "inferwarden_alive 1.0",
            "inferwarden_ready 0.0",
            "kafka_producer_record_error_total{thread=\"2\",} 3.0",
            "kafka_consumer_records_lag_max{thread=\"2\",} 5.0",
            "kafka_streams_commit_latency_avg_seconds{thread=\"2\",} 0.0125")
        .doesNotContain("app-4f1c", "99.0", "77.0", "NaN");
  }

  @Test
  void prometheusFindsNothingToSayAgainstIt() throws Exception {
    Optional<Path> promtool =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(promtool).as("promtool is not installed").isPresent();
    registerAll();

    Process check =
        new ProcessBuilder(promtool.orElseThrow().toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = check.getOutputStream()) {
      in.write(text().getBytes(UTF_8));
    }
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}
