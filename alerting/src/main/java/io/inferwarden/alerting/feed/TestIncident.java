package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import java.util.List;

/** The incident by which somebody tries whether alerts arrive. */
public final class TestIncident {
  private TestIncident() {}

  /** The test of a route: it goes to all sinks of the route. */
  public static Incident ofRoute(String route, long atMillis) {
    return of("route:" + route, atMillis);
  }

  /** The test of one sink. */
  public static Incident ofSink(String sink, long atMillis) {
    return of("sink:" + sink, atMillis);
  }

  private static Incident of(String subject, long atMillis) {
    IncidentKind kind = IncidentKind.TEST;
    Incident incident =
        new Incident(
            IncidentId.of(subject, Finding.ANY_MODEL, kind, atMillis),
            1,
            IncidentState.OPEN,
            Handling.OPENED,
            subject,
            Finding.ANY_MODEL,
            "",
            kind,
            kind.severity(),
            atMillis,
            atMillis,
            atMillis,
            1,
            0,
            0,
            Chance.UNKNOWN,
            List.of(),
            List.of(),
            List.of(),
            0,
            kind.title(),
            kind.explanation());
    return IncidentWording.worded(incident);
  }
}
