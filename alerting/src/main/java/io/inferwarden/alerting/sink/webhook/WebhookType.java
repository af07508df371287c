package io.inferwarden.alerting.sink.webhook;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.Notification;

/** The {@code type} of a webhook, by which receivers choose what they listen to. */
final class WebhookType {
  private WebhookType() {}

  /**
   * {@code alert.} and the kind, for what speaks of the alerts themselves; else {@code incident.}
   * and {@code reminder}, {@code refresh} or what the revision tells.
   */
  static String of(Notification notification) {
    Incident incident = notification.incident();
    if (incident.kind().isOfDelivery()) {
      return "alert." + incident.kind().code();
    }
    return switch (notification.occasion()) {
      case REMINDER, REFRESH -> "incident." + notification.occasion().code();
      case CHANGE, REDELIVERY -> "incident." + incident.change().code();
    };
  }
}
