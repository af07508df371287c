package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;

/**
 * The time under which an event store files a notification: when that happened of which it tells.
 * It follows from the notification, so every attempt tells the same.
 */
final class ToldAt {
  private ToldAt() {}

  /** Milliseconds since the epoch. */
  static long millis(Notification notification) {
    Occasion occasion = notification.occasion();
    if (occasion == Occasion.REMINDER || occasion == Occasion.REFRESH) {
      return notification.createdAtMillis();
    }
    Incident incident = notification.incident();
    Acknowledgement acknowledgement = incident.handling().acknowledgement();
    Judgement judgement = incident.handling().judgement();
    return switch (incident.change()) {
      case ACKNOWLEDGED ->
          acknowledgement == null ? incident.lastSeenAtMillis() : acknowledgement.atMillis();
      case JUDGED -> judgement == null ? incident.lastSeenAtMillis() : judgement.atMillis();
      case RESOLVED ->
          Math.max(incident.lastSeenAtMillis(), incident.handling().resolvedAtMillis());
      case BLINDED -> notification.createdAtMillis();
      case OPENED, UPDATED, ESCALATED, REOPENED -> incident.lastSeenAtMillis();
    };
  }

  /** When it began; a guess of the evidence that lies behind the opening is left aside. */
  static long beganMillis(Incident incident) {
    return Math.min(incident.onsetMillis(), incident.openedAtMillis());
  }
}
