package io.inferwarden.app.failure;

import io.inferwarden.app.metrics.AppMetrics;
import java.util.Map;

/** Finds the metrics in the configuration that Kafka Streams hands to the handlers it creates. */
public final class CountErrors {
  /** The key under which the metrics stand in the configuration of Kafka Streams. */
  public static final String METRICS = "inferwarden.metrics";

  private CountErrors() {}

  static AppMetrics metrics(Map<String, ?> config) {
    if (config.get(METRICS) instanceof AppMetrics metrics) {
      return metrics;
    }
    throw new IllegalArgumentException(
        METRICS + " must be set in the configuration of Kafka Streams");
  }
}
