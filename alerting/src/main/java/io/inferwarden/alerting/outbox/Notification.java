package io.inferwarden.alerting.outbox;

import io.inferwarden.alerting.Incident;

/**
 * One thing to tell one sink: a record of the outbox. It may be attempted many times, always with
 * the same id, by which a receiver can tell that it has it already.
 *
 * @param id the idempotency key, of letters, digits and {@code _}, at most {@value #MOST_ID}
 *     characters: the same for every attempt and for a redelivery
 * @param sink the name of the sink
 * @param route the names of the routes that led to it, from the root, joined by {@code /}
 * @param occasion why it is told
 * @param group notifications of the same sink with the same group may be told as one message; empty
 *     where the route asks for no grouping
 * @param groupWaitMillis how long to wait for others of the group, milliseconds, at least 0
 * @param createdAtMillis when it was put into the outbox, by the clock, milliseconds since the
 *     epoch
 * @param incident what is told
 */
public record Notification(
    String id,
    String sink,
    String route,
    Occasion occasion,
    String group,
    long groupWaitMillis,
    long createdAtMillis,
    Incident incident) {
  static final int MOST_ID = 64;

  public Notification {
    if (!id.matches("[A-Za-z0-9_]{1," + MOST_ID + "}")) {
      throw new IllegalArgumentException(
          "id must be 1 to " + MOST_ID + " letters, digits and '_', was " + id);
    }
    if (sink.isBlank()) {
      throw new IllegalArgumentException("sink must not be blank");
    }
    if (groupWaitMillis < 0) {
      throw new IllegalArgumentException("groupWaitMillis must be >= 0, was " + groupWaitMillis);
    }
    if (createdAtMillis < 0) {
      throw new IllegalArgumentException("createdAtMillis must be >= 0, was " + createdAtMillis);
    }
  }

  /** The news of a revision; its id is {@code inc_…_REVISION}. */
  public static Notification ofChange(
      Incident incident, String sink, String route, long createdAtMillis) {
    return new Notification(
        changeId(incident), sink, route, Occasion.CHANGE, "", 0, createdAtMillis, incident);
  }

  /** The id under which the news of a revision is told to every sink. */
  public static String changeId(Incident incident) {
    return incident.id() + "_" + incident.revision();
  }

  /** The key of its record: all that concerns one incident and one sink has one owner. */
  public String key() {
    return sink + "|" + incident.id();
  }
}
