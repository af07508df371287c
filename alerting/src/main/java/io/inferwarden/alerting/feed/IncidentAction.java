package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Judgement;

/**
 * What happens to incidents beside findings: what people do to them, incidents that the platform
 * tells of itself, and the passing of time, which is told between the findings.
 */
public sealed interface IncidentAction {

  /**
   * Somebody looks after an incident.
   *
   * @param incidentId which one; nothing happens when another is current under its key by then
   * @param ledgerKey where it is kept, {@link IncidentLedger#key(Incident)}
   * @param acknowledgement who and when
   */
  record Acknowledge(String incidentId, String ledgerKey, Acknowledgement acknowledgement)
      implements IncidentAction {
    public Acknowledge {
      requireNotBlank("incidentId", incidentId);
      requireNotBlank("ledgerKey", ledgerKey);
    }
  }

  /**
   * Somebody says what an incident was. It holds the incident, since a verdict often comes when the
   * incident is long over and kept in the feed alone.
   *
   * @param incident as the one who judges saw it
   * @param judgement what, who and when
   */
  record Judge(Incident incident, Judgement judgement) implements IncidentAction {}

  /** An incident about the platform's own alerts is sent down the way of all others. */
  record Tell(Incident incident) implements IncidentAction {
    public Tell {
      if (!incident.kind().isOfDelivery()) {
        throw new IllegalArgumentException(
            "incident must be of a kind that speaks of alerts, was " + incident.kind().code());
      }
    }
  }

  /**
   * Event time has come so far.
   *
   * @param eventTimeMillis milliseconds since the epoch
   */
  record Moment(long eventTimeMillis) implements IncidentAction {
    public Moment {
      if (eventTimeMillis < 0) {
        throw new IllegalArgumentException("eventTimeMillis must be >= 0, was " + eventTimeMillis);
      }
    }
  }

  private static void requireNotBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
