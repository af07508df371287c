package io.inferwarden.alerting;

import org.jspecify.annotations.Nullable;

/**
 * What time and people have done to an incident.
 *
 * @param change what its latest revision tells
 * @param resolvedAtMillis event time at which it was last found to be over, milliseconds since the
 *     epoch; {@link #NOT_RESOLVED} while it is not
 * @param reopenings how often it came back after it was resolved, at least 0
 * @param acknowledgement who looks after it; null while nobody does. It ends when the incident is
 *     reopened or becomes graver
 * @param judgement what somebody found it to be; null while nobody has said so
 */
public record Handling(
    IncidentChange change,
    long resolvedAtMillis,
    int reopenings,
    @Nullable Acknowledgement acknowledgement,
    @Nullable Judgement judgement) {
  /** In place of a time, while an incident goes on. */
  public static final long NOT_RESOLVED = -1;

  /** That of an incident which has just opened. */
  public static final Handling OPENED =
      new Handling(IncidentChange.OPENED, NOT_RESOLVED, 0, null, null);

  public Handling {
    Checks.atLeast("resolvedAtMillis", resolvedAtMillis, NOT_RESOLVED);
    Checks.atLeast("reopenings", reopenings, 0);
  }

  /** The same, told by another change. */
  public Handling told(IncidentChange latest) {
    return new Handling(latest, resolvedAtMillis, reopenings, acknowledgement, judgement);
  }

  /** More was found and it is graver than before: whoever had looked at it should look again. */
  public Handling escalated() {
    return new Handling(IncidentChange.ESCALATED, resolvedAtMillis, reopenings, null, judgement);
  }

  public Handling resolved(long atMillis) {
    return new Handling(IncidentChange.RESOLVED, atMillis, reopenings, acknowledgement, judgement);
  }

  public Handling reopened() {
    return new Handling(IncidentChange.REOPENED, NOT_RESOLVED, reopenings + 1, null, judgement);
  }

  public Handling acknowledged(Acknowledgement by) {
    return new Handling(IncidentChange.ACKNOWLEDGED, resolvedAtMillis, reopenings, by, judgement);
  }

  public Handling judged(Judgement by) {
    return new Handling(IncidentChange.JUDGED, resolvedAtMillis, reopenings, acknowledgement, by);
  }
}
