package io.inferwarden.alerting;

/**
 * What somebody found an incident to be.
 *
 * @param verdict the finding
 * @param by who, as the token or the operator names them
 * @param atMillis when, by the clock, milliseconds since the epoch
 * @param note in their own words; may be empty
 */
public record Judgement(IncidentVerdict verdict, String by, long atMillis, String note) {
  public Judgement {
    Checks.notBlank("by", by);
    Checks.atLeast("atMillis", atMillis, 0);
  }
}
