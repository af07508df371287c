package io.inferwarden.alerting;

/**
 * A principal that takes part in a campaign.
 *
 * @param principal its name, as its events gave it
 * @param sinceMillis event time at which it was first named, milliseconds since the epoch
 * @param events how many of its events were judged by then
 * @param confidence how sure it is that it takes part, in 0..1; NaN when nobody can say
 */
public record Member(String principal, long sinceMillis, long events, double confidence) {
  /** How many members a finding or an incident names at most; others are only counted. */
  public static final int MOST_NAMED = 1000;

  public Member {
    Checks.notBlank("principal", principal);
    Checks.atLeast("sinceMillis", sinceMillis, 0);
    Checks.atLeast("events", events, 0);
    confidence = Checks.shareOrUnknown("confidence", confidence);
  }

  /** The same member, first named at another time. */
  public Member since(long earlierMillis) {
    return new Member(principal, earlierMillis, events, confidence);
  }
}
