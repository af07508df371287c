package io.inferwarden.ingest.collector;

import io.prometheus.client.CollectorRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a collector is made of.
 *
 * @param intake way from payload to log
 * @param routes that take events
 * @param companions takes deployments and feedback; null when nobody does
 * @param keys of those who may speak
 * @param registry served at {@code /metrics}; null when it is served elsewhere
 * @param clock of the day
 * @param nanos a clock that only runs forward
 */
public record CollectorParts(
    EventIntake intake,
    List<EventRoute> routes,
    @Nullable CompanionIntake companions,
    ClientKeys keys,
    @Nullable CollectorRegistry registry,
    InstantSource clock,
    LongSupplier nanos) {
  public CollectorParts {
    routes = List.copyOf(routes);
  }
}
