package io.inferwarden.app.health;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** What every process of the platform says of itself: how it is, and which build it is. */
public final class ProcessMetrics extends Collector {
  private final Supplier<HealthReport> health;
  private final Build build;

  private ProcessMetrics(Supplier<HealthReport> health, Build build) {
    this.health = health;
    this.build = build;
  }

  /** Begins to tell a registry. */
  public static void register(
      Supplier<HealthReport> health, Build build, CollectorRegistry registry) {
    registry.register(new ProcessMetrics(health, build));
  }

  @Override
  public List<MetricFamilySamples> collect() {
    HealthReport report = health.get();
    return List.of(
        new GaugeMetricFamily(
            "inferwarden_alive", "1 unless only a restart helps.", report.isAlive() ? 1 : 0),
        new GaugeMetricFamily(
            "inferwarden_ready", "1 while it keeps up with its work.", report.isReady() ? 1 : 0),
        new GaugeMetricFamily(
                "inferwarden_build_info",
                "1, for the version and the revision that runs.",
                List.of("version", "revision"))
            .addMetric(List.of(build.version(), build.revision()), 1));
  }
}
