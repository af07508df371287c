package io.inferwarden.alerting.outbox;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a notification so far: an entry of the delivery ledger, the latest under its key
 * counts.
 *
 * @param notificationId the notification's id
 * @param sink the sink it was for
 * @param route the routes that led to the sink
 * @param occasion why it was to be told
 * @param incidentId the incident it told of
 * @param revision and its revision
 * @param change what that revision told
 * @param kind of the incident
 * @param severity of the incident
 * @param outcome what became of it
 * @param detail why, where that needs a word: the silence, the digest, the last error; else empty
 * @param attempts the first one and the last {@value #MOST_ATTEMPTS} at most, in order
 * @param attemptCount how many there were
 * @param createdAtMillis when the notification was made, by the clock, milliseconds since the epoch
 * @param updatedAtMillis when this entry was, by the clock, milliseconds since the epoch
 * @param nextAttemptAtMillis when it is tried again, while it is pending; {@link #NONE} otherwise
 */
public record Delivery(
    String notificationId,
    String sink,
    String route,
    Occasion occasion,
    String incidentId,
    long revision,
    IncidentChange change,
    IncidentKind kind,
    Severity severity,
    Outcome outcome,
    String detail,
    List<Attempt> attempts,
    int attemptCount,
    long createdAtMillis,
    long updatedAtMillis,
    long nextAttemptAtMillis) {
  /** In place of a time where there is none. */
  public static final long NONE = -1;

  /** How many attempts an entry keeps beside the first one. */
  public static final int MOST_ATTEMPTS = 20;

  public Delivery {
    attempts = kept(attempts);
    if (attemptCount < attempts.size()) {
      throw new IllegalArgumentException(
          "attemptCount must be >= " + attempts.size() + ", was " + attemptCount);
    }
  }

  /** An entry about a notification. */
  public static Delivery of(
      Notification notification,
      Outcome outcome,
      String detail,
      List<Attempt> attempts,
      int attemptCount,
      long updatedAtMillis,
      long nextAttemptAtMillis) {
    Incident incident = notification.incident();
    return new Delivery(
        notification.id(),
        notification.sink(),
        notification.route(),
        notification.occasion(),
        incident.id(),
        incident.revision(),
        incident.change(),
        incident.kind(),
        incident.severity(),
        outcome,
        detail,
        attempts,
        attemptCount,
        notification.createdAtMillis(),
        updatedAtMillis,
        nextAttemptAtMillis);
  }

  /** The key of its record. */
  public String key() {
    return sink + "|" + notificationId;
  }

  private static List<Attempt> kept(List<Attempt> attempts) {
    int size = attempts.size();
    if (size <= MOST_ATTEMPTS + 1) {
      return List.copyOf(attempts);
    }
    List<Attempt> kept = new ArrayList<>();
    kept.add(attempts.get(0));
    kept.addAll(attempts.subList(size - MOST_ATTEMPTS, size));
    return List.copyOf(kept);
  }
}
