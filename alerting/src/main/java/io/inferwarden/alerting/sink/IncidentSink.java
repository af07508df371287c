package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;

/**
 * A place that notifications are sent to. The same one may be delivered more than once (after a
 * crash, or when an answer was lost), so a sink passes on its id, by which a receiver can tell. One
 * thread delivers at a time.
 */
public interface IncidentSink extends AutoCloseable {
  /** The name in configuration, logs and metrics; one of few, and never a secret. */
  String name();

  /** Makes one attempt; returns when the receiver has taken the notification. */
  void deliver(Notification notification) throws DeliveryException, InterruptedException;

  /**
   * Whether it still takes notifications; false once the receiver said that it is gone for good.
   */
  default boolean isEnabled() {
    return true;
  }

  @Override
  default void close() {}
}
