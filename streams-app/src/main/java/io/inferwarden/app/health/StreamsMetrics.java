package io.inferwarden.app.health;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What detection says of its engine. The names are public API. */
public final class StreamsMetrics implements RestoreProgress.Counts {
  private static final double[] SECONDS = {0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800};

  /** What it says, at the moment it is asked. */
  public interface Source {
    EngineState state();

    /** Those that are alive. */
    List<WorkerThread> threads();

    /** How many there should be. */
    int wantedThreads();

    Map<String, Long> lagByTopic();

    double progressAgeSeconds();

    long restoreRemaining();

    Map<String, Long> stateEntries();

    long stateFolderBytes();
  }

  private final Counter restored;
  private final Histogram restoreSeconds;
  private final Counter rebalances;
  private final Histogram rebalanceSeconds;

  public StreamsMetrics(CollectorRegistry registry) {
    restored =
        Counter.build("inferwarden_restored_records_total", "Records of state that were restored.")
            .register(registry);
    restoreSeconds =
        Histogram.build(
                "inferwarden_restore_seconds",
                "Time from the first store to be restored until none was left.")
            .buckets(SECONDS)
            .register(registry);
    rebalances =
        Counter.build(
                "inferwarden_rebalances_total",
                "Times that work was shared out anew, the start included.")
            .register(registry);
    rebalanceSeconds =
        Histogram.build(
                "inferwarden_rebalance_seconds",
                "Time from the begin of a rebalance until all that is assigned is judged again; a"
                    + " restore is part of it.")
            .buckets(SECONDS)
            .register(registry);
  }

  @Override
  public void restored(long records) {
    restored.inc((double) records);
  }

  @Override
  public void restoreEnded(double seconds) {
    restoreSeconds.observe(seconds);
  }

  /** A rebalance has begun. */
  public void rebalanceBegan() {
    rebalances.inc();
  }

  /** A rebalance is over, and everything runs. */
  public void rebalanceEnded(double seconds) {
    rebalanceSeconds.observe(seconds);
  }

  /** Begins to tell a registry of what a source says. */
  public static void register(Source source, CollectorRegistry registry) {
    registry.register(new Gauges(source));
  }

  private static final class Gauges extends Collector {
    private final Source source;

    Gauges(Source source) {
      this.source = source;
    }

    @Override
    public List<MetricFamilySamples> collect() {
      List<MetricFamilySamples> families = new ArrayList<>();
      families.add(state());
      families.add(threads());
      families.add(
          byLabel(
              "inferwarden_input_lag_records",
              "Records of the partitions assigned here that are not judged yet.",
              "topic",
              source.lagByTopic()));
      families.add(
          new GaugeMetricFamily(
              "inferwarden_progress_age_seconds",
              "Time since anything moved while there was something to do; 0 while there is nothing.",
              source.progressAgeSeconds()));
      families.add(
          new GaugeMetricFamily(
              "inferwarden_restore_remaining_records",
              "Records of state that are to be restored before work goes on.",
              (double) source.restoreRemaining()));
      families.add(
          byLabel(
              "inferwarden_state_entries",
              "Keys that a state store holds here.",
              "store",
              source.stateEntries()));
      families.add(
          new GaugeMetricFamily(
              "inferwarden_state_folder_bytes",
              "Size of the files in the state folder.",
              (double) source.stateFolderBytes()));
      return families;
    }

    private MetricFamilySamples state() {
      GaugeMetricFamily family =
          new GaugeMetricFamily(
              "inferwarden_streams_state",
              "1 for the state that Kafka Streams is in, 0 for the others.",
              List.of("state"));
      EngineState present = source.state();
      for (EngineState state : EngineState.values()) {
        family.addMetric(List.of(state.name()), state == present ? 1 : 0);
      }
      return family;
    }

    private MetricFamilySamples threads() {
      int alive = source.threads().size();
      return new GaugeMetricFamily(
              "inferwarden_stream_threads",
              "Threads that judge events: those that are alive, and those that are missing.",
              List.of("state"))
          .addMetric(List.of("alive"), alive)
          .addMetric(List.of("dead"), Math.max(0, source.wantedThreads() - alive));
    }

    private static MetricFamilySamples byLabel(
        String name, String help, String label, Map<String, Long> values) {
      GaugeMetricFamily family = new GaugeMetricFamily(name, help, List.of(label));
      values.forEach((value, count) -> family.addMetric(List.of(value), count.doubleValue()));
      return family;
    }
  }
}
