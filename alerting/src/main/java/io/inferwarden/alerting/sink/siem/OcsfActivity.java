package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;

/** The attributes of a Detection Finding that follow from the life of an incident. */
final class OcsfActivity {
  private static final int TYPE_BASE = 2004 * 100;

  /** The activities of the class, by their {@code activity_id}. */
  private enum Activity {
    CREATE(1, "Create"),
    UPDATE(2, "Update"),
    CLOSE(3, "Close");

    private final int id;
    private final String words;

    Activity(int id, String words) {
      this.id = id;
      this.words = words;
    }
  }

  private OcsfActivity() {}

  static void put(ObjectNode object, Notification notification) {
    Incident incident = notification.incident();
    Activity activity = activity(notification);
    object.put("activity_id", activity.id).put("activity_name", activity.words);
    object.put("type_uid", TYPE_BASE + activity.id);
    object.put("type_name", "Detection Finding: " + activity.words);
    putSeverity(object, incident);
    putStatus(object, incident);
    putVerdict(object, incident);
    object.put("is_alert", isAlert(notification));
  }

  private static Activity activity(Notification notification) {
    if (isRepetition(notification)) {
      return Activity.UPDATE;
    }
    return switch (notification.incident().change()) {
      case OPENED -> Activity.CREATE;
      case RESOLVED -> Activity.CLOSE;
      case UPDATED, ESCALATED, ACKNOWLEDGED, JUDGED, BLINDED, REOPENED -> Activity.UPDATE;
    };
  }

  private static boolean isRepetition(Notification notification) {
    return notification.occasion() == Occasion.REMINDER
        || notification.occasion() == Occasion.REFRESH;
  }

  private static void putSeverity(ObjectNode object, Incident incident) {
    switch (incident.severity()) {
      case INFO -> object.put("severity_id", 1).put("severity", "Informational");
      case LOW -> object.put("severity_id", 2).put("severity", "Low");
      case MEDIUM -> object.put("severity_id", 3).put("severity", "Medium");
      case HIGH -> object.put("severity_id", 4).put("severity", "High");
      case CRITICAL -> object.put("severity_id", 5).put("severity", "Critical");
    }
  }

  /** A blind incident is in none of the states that the class knows, least of all resolved. */
  private static void putStatus(ObjectNode object, Incident incident) {
    switch (incident.state()) {
      case OPEN -> object.put("status_id", 1).put("status", "New");
      case ACKNOWLEDGED -> object.put("status_id", 2).put("status", "In Progress");
      case BLIND ->
          object
              .put("status_id", 99)
              .put("status", "Blind")
              .put(
                  "status_detail",
                  "It cannot be judged now, so nobody can tell whether it is over.");
      case RESOLVED -> object.put("status_id", 4).put("status", "Resolved");
    }
    object.put("status_code", incident.state().code());
  }

  private static void putVerdict(ObjectNode object, Incident incident) {
    Judgement judgement = incident.handling().judgement();
    if (incident.kind() == IncidentKind.TEST) {
      object.put("verdict_id", 6).put("verdict", "Test");
    } else if (judgement != null) {
      switch (judgement.verdict()) {
        case FALSE_POSITIVE -> object.put("verdict_id", 1).put("verdict", "False Positive");
        case TRUE_POSITIVE -> object.put("verdict_id", 2).put("verdict", "True Positive");
        case BENIGN_CHANGE -> object.put("verdict_id", 5).put("verdict", "Benign");
      }
    }
  }

  /**
   * Whether somebody should be told now: news that is worth waking someone, or a reminder of it.
   */
  private static boolean isAlert(Notification notification) {
    Incident incident = notification.incident();
    if (!incident.pages() || !incident.isOpen()) {
      return false;
    }
    IncidentChange change = incident.change();
    return switch (notification.occasion()) {
      case REMINDER -> true;
      case REFRESH -> false;
      case CHANGE, REDELIVERY ->
          change == IncidentChange.OPENED
              || change == IncidentChange.ESCALATED
              || change == IncidentChange.REOPENED;
    };
  }
}
