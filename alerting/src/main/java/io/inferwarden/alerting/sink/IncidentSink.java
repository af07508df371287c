package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.Incident;

/**
 * A place that incidents are sent to. The same revision of an incident may be delivered more than
 * once (after a crash, or when an answer was lost), so a sink passes on the id and the revision, by
 * which a receiver can tell. One thread delivers at a time.
 */
public interface IncidentSink extends AutoCloseable {
  /** The name in configuration, logs and metrics; one of few, and never a secret. */
  String name();

  /** Makes one attempt; returns when the receiver has taken the incident. */
  void deliver(Incident incident) throws DeliveryException, InterruptedException;

  /** Whether it still takes incidents; false once the receiver said that it is gone for good. */
  default boolean isEnabled() {
    return true;
  }

  @Override
  default void close() {}
}
