package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.math.BigDecimal;

/**
 * A notification as Splunk's HTTP Event Collector takes it: {@code event} is the incident in its
 * own JSON form, bounded, and {@code fields} holds what is indexed.
 */
final class SplunkEvent {
  /** Splunk cuts an event here ({@code TRUNCATE}), unless it is told otherwise. */
  static final int MAXIMUM_BYTES = 10_000;

  private SplunkEvent() {}

  /**
   * One object of at most {@value #MAXIMUM_BYTES} bytes; see {@link Excerpt} for what is left out.
   */
  static byte[] json(Notification notification, SplunkSink.Settings settings)
      throws DeliveryException {
    return Excerpt.fitting(
        notification.incident(),
        MAXIMUM_BYTES,
        excerpt -> JsonFields.bytes(toTree(notification, excerpt, settings)));
  }

  static ObjectNode toTree(
      Notification notification, Excerpt excerpt, SplunkSink.Settings settings) {
    ObjectNode object = JsonFields.newObject();
    object.put("time", BigDecimal.valueOf(ToldAt.millis(notification), 3));
    put(object, "host", settings.host());
    object.put("source", "inferwarden");
    put(object, "sourcetype", settings.sourcetype());
    put(object, "index", settings.index());
    putFields(object.putObject("fields"), notification, excerpt.incident());
    ObjectNode event = object.putObject("event");
    event.put("notificationId", notification.id());
    event.put("occasion", notification.occasion().code());
    event.put("route", notification.route());
    event.setAll(IncidentJson.toTree(excerpt.incident()));
    event.put(JsonNames.MODELS_OMITTED, excerpt.modelsOmitted());
    event.put(JsonNames.MEMBERS_OMITTED, excerpt.membersOmitted());
    event.put(JsonNames.HISTOGRAMS_OMITTED, excerpt.histogramsOmitted());
    event.put(JsonNames.EVIDENCE_OMITTED, excerpt.evidenceOmitted());
    return object;
  }

  /**
   * Indexed fields are flat and text. None has the name of a field of the event, which Splunk finds
   * as well: the search would see two values.
   */
  private static void putFields(ObjectNode fields, Notification notification, Incident incident) {
    fields.put("notification_id", notification.id());
    fields.put("incident_id", incident.id());
    fields.put("incident_kind", incident.kind().code());
    fields.put("incident_severity", incident.severity().code());
    fields.put("incident_state", incident.state().code());
    fields.put("incident_change", incident.change().code());
    fields.put("incident_model", incident.model());
    fields.put("incident_subject", incident.subject());
  }

  private static void put(ObjectNode object, String name, String value) {
    if (!value.isEmpty()) {
      object.put(name, value);
    }
  }
}
