package io.inferwarden.alerting;

import java.util.List;

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

  /**
   * How long the names of all of them together may be, in UTF-16 units. Names are chosen by those
   * being watched; this keeps a record below the megabyte that Kafka takes, were each of them
   * written as an escape of six bytes.
   */
  static final int MOST_NAME_CHARACTERS = 128_000;

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

  /** The first of the members, as many as may be named. */
  static List<Member> nameable(List<Member> members) {
    int count = 0;
    int characters = 0;
    while (count < Math.min(MOST_NAMED, members.size())) {
      characters += members.get(count).principal().length();
      if (characters > MOST_NAME_CHARACTERS) {
        break;
      }
      count++;
    }
    return List.copyOf(members.subList(0, count));
  }
}
