package io.inferwarden.alerting;

/**
 * Somebody looks after an incident.
 *
 * @param by who, as the token or the operator names them
 * @param atMillis when, by the clock, milliseconds since the epoch
 * @param note in their own words; may be empty
 */
public record Acknowledgement(String by, long atMillis, String note) {
  public Acknowledgement {
    Checks.notBlank("by", by);
    Checks.atLeast("atMillis", atMillis, 0);
  }
}
