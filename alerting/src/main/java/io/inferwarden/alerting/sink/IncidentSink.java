package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;

/**
 * A place that notifications are sent to. The same one may be delivered more than once (after a
 * crash, or when an answer was lost), so a sink passes on its id, by which a receiver can tell. No
 * more threads deliver at a time than {@link #concurrency} says, and never two of them
 * notifications of the same incident.
 */
public interface IncidentSink extends AutoCloseable {
  /** The name in configuration, logs and metrics; one of few, and never a secret. */
  String name();

  /** Makes one attempt; returns when the receiver has taken the notification. */
  void deliver(Notification notification) throws DeliveryException, InterruptedException;

  /** How many threads may deliver at a time; more than one only where the sink is thread-safe. */
  default int concurrency() {
    return 1;
  }

  /**
   * Whether it still takes notifications; false once the receiver said that it is gone for good.
   */
  default boolean isEnabled() {
    return true;
  }

  @Override
  default void close() {}
}
