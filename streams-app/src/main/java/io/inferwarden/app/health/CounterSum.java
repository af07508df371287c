package io.inferwarden.app.health;

import io.prometheus.client.Collector;
import io.prometheus.client.Counter;

/** The sum over all labels of a counter. */
public final class CounterSum {
  private CounterSum() {}

  public static double of(Counter counter) {
    double sum = 0;
    for (Collector.MetricFamilySamples family : counter.collect()) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        if (sample.name.endsWith("_total")) {
          sum += sample.value;
        }
      }
    }
    return sum;
  }
}
