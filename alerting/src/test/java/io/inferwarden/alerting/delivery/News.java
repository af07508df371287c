package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import java.util.List;

/** Notifications for tests, of numbered incidents. */
final class News {
  static final String SINK = "chat";

  private News() {}

  static Incident incident(int number, long revision, IncidentChange change, Severity severity) {
    return incident(number, revision, change, severity, IncidentKind.EXTRACTION);
  }

  static Incident incident(
      int number, long revision, IncidentChange change, Severity severity, IncidentKind kind) {
    boolean isResolved = change == IncidentChange.RESOLVED;
    String subject = "principal:k" + number;
    return new Incident(
        IncidentId.of(subject, "fraud-scorer", IncidentKind.EXTRACTION, Examples.AT),
        revision,
        isResolved ? IncidentState.RESOLVED : IncidentState.OPEN,
        isResolved ? Handling.OPENED.resolved(Examples.AT) : Handling.OPENED.told(change),
        subject,
        "fraud-scorer",
        "7",
        kind,
        severity,
        Examples.AT,
        Examples.AT,
        Examples.AT,
        revision,
        41,
        2.5,
        Chance.UNKNOWN,
        List.of(Examples.probing()),
        List.of(),
        List.of(),
        0,
        "Model abuse",
        "It looks like abuse.");
  }

  /** The first revision of an incident. */
  static Notification opened(int number, Severity severity, long createdAtMillis) {
    return told(incident(number, 1, IncidentChange.OPENED, severity), createdAtMillis);
  }

  static Notification told(int number, long revision, IncidentChange change, long createdAtMillis) {
    return told(incident(number, revision, change, Severity.HIGH), createdAtMillis);
  }

  static Notification told(Incident incident, long createdAtMillis) {
    return Notification.ofChange(incident, SINK, "default", createdAtMillis);
  }

  static Notification grouped(Notification plain, String group, long waitMillis) {
    return new Notification(
        plain.id(),
        plain.sink(),
        plain.route(),
        plain.occasion(),
        group,
        waitMillis,
        plain.createdAtMillis(),
        plain.incident());
  }

  static Notification on(Occasion occasion, Notification plain) {
    return new Notification(
        plain.id(),
        plain.sink(),
        plain.route(),
        occasion,
        "",
        0,
        plain.createdAtMillis(),
        plain.incident());
  }
}
