package io.inferwarden.app.health;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/**
 * The dead letters that this process has written, by topic. Each is counted where it is written;
 * this only adds up.
 */
public final class DeadLetterCounts extends Collector {
  private record Written(String topic, DoubleSupplier count) {}

  private final List<Written> all = new CopyOnWriteArrayList<>();

  /** Adds who writes dead letters into a topic; several may write into one. */
  public void add(String topic, DoubleSupplier count) {
    all.add(new Written(topic, count));
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Map<String, Double> byTopic = new TreeMap<>();
    all.forEach(one -> byTopic.merge(one.topic(), one.count().getAsDouble(), Double::sum));
    CounterMetricFamily family =
        new CounterMetricFamily(
            "inferwarden_dead_letters_total",
            "Records that could not be read or delivered and were put aside with the reason.",
            List.of("topic"));
    byTopic.forEach((topic, count) -> family.addMetric(List.of(topic), count));
    return List.of(family);
  }
}
