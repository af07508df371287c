package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.util.List;

/** Incidents for tests of routes. */
final class Incidents {
  private Incidents() {}

  static Incident of(IncidentKind kind, String model) {
    return of(kind, "model:" + model, model, kind.severity(), List.of(), IncidentState.OPEN);
  }

  static Incident of(IncidentKind kind, String model, Severity severity) {
    return of(kind, "model:" + model, model, severity, List.of(), IncidentState.OPEN);
  }

  static Incident about(IncidentKind kind, String subject) {
    return of(kind, subject, Finding.ANY_MODEL, kind.severity(), List.of(), IncidentState.OPEN);
  }

  static Incident fleet(String... models) {
    return of(
        IncidentKind.COMMON_CAUSE,
        "fleet:latency",
        Finding.ANY_MODEL,
        Severity.HIGH,
        List.of(models),
        IncidentState.OPEN);
  }

  static Incident resolved(IncidentKind kind, String model) {
    return of(kind, "model:" + model, model, kind.severity(), List.of(), IncidentState.RESOLVED);
  }

  static Incident campaign() {
    return of(
        IncidentKind.EXTRACTION,
        "campaign:c01",
        "fraud-scorer",
        Severity.HIGH,
        List.of(),
        IncidentState.OPEN,
        List.of(new Member("key-1", Examples.AT, 10, 0.9)));
  }

  private static Incident of(
      IncidentKind kind,
      String subject,
      String model,
      Severity severity,
      List<String> models,
      IncidentState state) {
    return of(kind, subject, model, severity, models, state, List.of());
  }

  private static Incident of(
      IncidentKind kind,
      String subject,
      String model,
      Severity severity,
      List<String> models,
      IncidentState state,
      List<Member> members) {
    return new Incident(
        IncidentId.of(subject, model, kind, Examples.AT),
        1,
        state,
        state == IncidentState.RESOLVED ? Handling.OPENED.resolved(Examples.AT) : Handling.OPENED,
        subject,
        model,
        "7",
        kind,
        severity,
        Examples.AT,
        Examples.AT,
        Examples.AT,
        1,
        10,
        2.5,
        Chance.UNKNOWN,
        List.of(),
        models,
        members,
        members.size(),
        "Title",
        "Summary.");
  }
}
