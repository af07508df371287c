package io.inferwarden.alerting.sink.page;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.util.Locale;

/** What a notification asks PagerDuty to do. */
enum PagerDutyAction {
  /** Open the alert, or add to it. */
  TRIGGER,
  ACKNOWLEDGE,
  RESOLVE,
  /** Show a change beside the alerts of the service. */
  CHANGE,
  /** A change event has no life: there is nothing to acknowledge or to end. */
  NOTHING;

  static PagerDutyAction of(Notification notification, RoutingKey key) {
    Incident incident = notification.incident();
    if (incident.kind() == IncidentKind.VERSION_CHANGED && key.takesChanges()) {
      return ofChange(notification);
    }
    if (!incident.isOpen()) {
      return RESOLVE;
    }
    boolean isNews =
        notification.occasion() == Occasion.CHANGE
            || notification.occasion() == Occasion.REDELIVERY;
    return switch (incident.change()) {
      case ACKNOWLEDGED -> isNews ? ACKNOWLEDGE : TRIGGER;
      case OPENED, UPDATED, ESCALATED, JUDGED, BLINDED, RESOLVED, REOPENED -> TRIGGER;
    };
  }

  private static PagerDutyAction ofChange(Notification notification) {
    if (notification.occasion() == Occasion.REMINDER
        || notification.occasion() == Occasion.REFRESH) {
      return NOTHING;
    }
    return switch (notification.incident().change()) {
      case OPENED, UPDATED, ESCALATED, REOPENED -> CHANGE;
      case ACKNOWLEDGED, JUDGED, BLINDED, RESOLVED -> NOTHING;
    };
  }

  /** The path of the Events API. */
  String path() {
    return this == CHANGE ? "/v2/change/enqueue" : "/v2/enqueue";
  }

  /** The {@code event_action}. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
