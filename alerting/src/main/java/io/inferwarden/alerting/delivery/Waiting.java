package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Attempt;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import io.inferwarden.alerting.outbox.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A notification that its sink does not have yet, and what was tried so far. */
final class Waiting {
  /** In place of a time, when nothing is waited for. */
  static final long NOT_HELD = 0;

  private final Notification notification;
  private final Place place;
  private final long offeredAtMillis;
  private final List<Attempt> attempts;
  private int attemptCount;
  private int failures;
  private boolean isUnderWay;
  private long heldUntilMillis = NOT_HELD;

  Waiting(
      Notification notification,
      Place place,
      long offeredAtMillis,
      List<Attempt> attempts,
      int attemptCount) {
    this.notification = notification;
    this.place = place;
    this.offeredAtMillis = offeredAtMillis;
    this.attempts = new ArrayList<>(attempts);
    this.attemptCount = attemptCount;
  }

  Notification notification() {
    return notification;
  }

  Place place() {
    return place;
  }

  boolean isUnderWay() {
    return isUnderWay;
  }

  void setOut() {
    isUnderWay = true;
  }

  void note(Attempt attempt, boolean isFailure) {
    isUnderWay = false;
    attempts.add(attempt);
    if (attempts.size() > Delivery.MOST_ATTEMPTS + 1) {
      attempts.remove(1);
    }
    attemptCount++;
    failures += isFailure ? 1 : 0;
  }

  /** How often it failed in this process. */
  int failures() {
    return failures;
  }

  int attemptCount() {
    return attemptCount;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  long heldUntilMillis() {
    return heldUntilMillis;
  }

  void hold(long untilMillis) {
    heldUntilMillis = untilMillis;
  }

  boolean isHeld() {
    return heldUntilMillis != NOT_HELD;
  }

  /**
   * When to give it up. One that was not tried yet gets its whole span here: the process may have
   * been down for all the time since its creation.
   */
  long expiresAtMillis(long spanMillis) {
    return (failures > 0 ? notification.createdAtMillis() : offeredAtMillis) + spanMillis;
  }

  /** How grave it is; what somebody waits for is as grave as it gets. */
  Severity gravity() {
    return notification.incident().kind().isOfDelivery()
        ? Severity.CRITICAL
        : notification.incident().severity();
  }

  boolean pages() {
    IncidentKind kind = notification.incident().kind();
    return kind.pages() || kind.isOfDelivery();
  }

  /** Whether the later notification of the same incident says all that this one does. */
  boolean isOvertakenBy(Notification later) {
    if (isUnderWay || later.occasion() == Occasion.REDELIVERY) {
      return false;
    }
    long revision = notification.incident().revision();
    long laterRevision = later.incident().revision();
    return switch (notification.occasion()) {
      case CHANGE ->
          notification.incident().change() == IncidentChange.UPDATED && laterRevision > revision;
      case REMINDER, REFRESH -> laterRevision >= revision;
      case REDELIVERY -> false;
    };
  }

  /** Its entry in the ledger. */
  Delivery entry(Outcome outcome, String detail, long nowMillis, long nextAttemptAtMillis) {
    return Delivery.of(
        notification, outcome, detail, attempts, attemptCount, nowMillis, nextAttemptAtMillis);
  }
}
