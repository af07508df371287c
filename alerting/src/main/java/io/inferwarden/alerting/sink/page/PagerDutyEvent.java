package io.inferwarden.alerting.sink.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import java.nio.charset.StandardCharsets;

/** The body of an event for PagerDuty, within the limits of the Events API v2. */
final class PagerDutyEvent {
  /** PagerDuty takes 512 KB; as Alertmanager does, stay below the smaller reading of that. */
  static final int MAXIMUM_BYTES = 512_000;

  /** A limit of the Events API, in characters. */
  static final int MOST_SUMMARY = 1024;

  /** The API names no limit; a field that is shown in one line needs no more. */
  private static final int MOST_FIELD = 255;

  private static final String DETAILS = "custom_details";

  private PagerDutyEvent() {}

  /** The same bytes on every attempt. Where they would be too many, details are left out. */
  static byte[] body(Notification notification, PagerDutyAction action, RoutingKey key) {
    Incident incident = notification.incident();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("routing_key", key.value());
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", summary(incident));
    payload.put("source", Shown.text(incident.subject(), MOST_FIELD));
    payload.put("timestamp", JsonFields.isoTime(whenMillis(incident)));
    if (action != PagerDutyAction.CHANGE) {
      event.put("event_action", action.code());
      event.put("dedup_key", incident.id());
      event.put("client", "Inferwarden");
      payload.put("severity", severity(incident.severity()));
      payload.put("component", Shown.text(incident.model(), MOST_FIELD));
      payload.put("class", incident.kind().code());
    }
    payload.set(DETAILS, IncidentDetails.all(notification));
    byte[] body = bytes(event);
    if (body.length > MAXIMUM_BYTES) {
      payload.set(DETAILS, IncidentDetails.essential(notification, MAXIMUM_BYTES));
      body = bytes(event);
    }
    return body;
  }

  /**
   * PagerDuty has four: critical and error are urgent, warning and info are not, where a service
   * lets the severity decide.
   */
  static String severity(Severity severity) {
    return switch (severity) {
      case INFO -> "info";
      case LOW, MEDIUM -> "warning";
      case HIGH -> "error";
      case CRITICAL -> "critical";
    };
  }

  private static String summary(Incident incident) {
    return Shown.text("[" + incident.severity().name() + "] " + incident.title(), MOST_SUMMARY);
  }

  /** When that happened of which is told. */
  private static long whenMillis(Incident incident) {
    return incident.handling().resolvedAtMillis() == Handling.NOT_RESOLVED
        ? incident.lastSeenAtMillis()
        : incident.handling().resolvedAtMillis();
  }

  /** Half a surrogate pair becomes a question mark rather than a failure. */
  private static byte[] bytes(ObjectNode event) {
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
