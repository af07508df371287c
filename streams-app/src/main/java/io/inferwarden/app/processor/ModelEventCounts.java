package io.inferwarden.app.processor;

import io.inferwarden.app.metrics.AppMetrics;
import io.prometheus.client.Counter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of each model; without a look-up where one model's events follow each other.
 */
final class ModelEventCounts {
  /** Counters remembered; those of further models are looked up each time. */
  private static final int MOST_REMEMBERED = 256;

  private final AppMetrics metrics;
  private final Map<String, Counter.Child> remembered = new HashMap<>();
  private String lastModel = "";
  private Counter.@Nullable Child last;

  ModelEventCounts(AppMetrics metrics) {
    this.metrics = metrics;
  }

  void count(String model) {
    Counter.Child counter = last;
    if (counter == null || !lastModel.equals(model)) {
      counter = counterOf(model);
      last = counter;
      lastModel = model;
    }
    counter.inc();
  }

  private Counter.Child counterOf(String model) {
    Counter.Child known = remembered.get(model);
    if (known == null) {
      known = metrics.eventsOf(model);
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(model, known);
      }
    }
    return known;
  }
}
