package io.inferwarden.alerting.delivery;

/**
 * The topics of delivery.
 *
 * @param notifications the outbox, keyed by sink and incident
 * @param deliveries the ledger, keyed by sink and notification
 * @param deadLetters what could not be delivered or read
 */
public record DeliveryTopics(String notifications, String deliveries, String deadLetters) {
  /** The ones that the platform uses. */
  public static final DeliveryTopics PLATFORM =
      new DeliveryTopics("notifications", "deliveries", "dead-letter-notifications");
}
