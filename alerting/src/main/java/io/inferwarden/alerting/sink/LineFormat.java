package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;

/** How a {@link JsonLinesSink} writes a revision of an incident, and knows it again. */
public interface LineFormat {
  /** The incident's own JSON form, {@link IncidentJson}. */
  LineFormat INCIDENT =
      new LineFormat() {
        @Override
        public byte[] line(Notification notification) {
          return IncidentJson.toJson(notification.incident());
        }

        @Override
        public Revision revision(byte[] line) {
          return Revision.of(IncidentJson.fromJson(line));
        }
      };

  /**
   * What stands in a file once.
   *
   * @param incident the incident's id
   * @param number the revision
   */
  record Revision(String incident, long number) {
    public static Revision of(Incident incident) {
      return new Revision(incident.id(), incident.revision());
    }
  }

  /** One JSON object without a line feed. */
  byte[] line(Notification notification) throws DeliveryException;

  /**
   * Which revision a line holds; an {@link IllegalArgumentException} when it is of another origin.
   */
  Revision revision(byte[] line);
}
