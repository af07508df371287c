package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.Delivery;
import java.util.Optional;

/**
 * What the ledger says of a notification, so that a dead letter also tells of the attempts made
 * before a restart. Asked by several threads; it may lag behind or know nothing.
 */
@FunctionalInterface
public interface DeliveryHistory {
  /** Knows nothing. */
  DeliveryHistory NONE = (sink, notificationId) -> Optional.empty();

  /** The latest entry about the notification, if any. */
  Optional<Delivery> of(String sink, String notificationId);
}
