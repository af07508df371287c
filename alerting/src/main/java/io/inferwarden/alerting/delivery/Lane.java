package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one incident, told one after the other. The next one may go only when what
 * became of the one before is committed, so that a crash can repeat a notification but never tell
 * an earlier one after a later.
 */
final class Lane {
  /** Graver first, pages before the rest, then the oldest. */
  static final Comparator<Lane> BY_RANK =
      Comparator.comparing((Lane lane) -> lane.rank.gravity)
          .thenComparing(lane -> lane.rank.pages)
          .reversed()
          .thenComparing(lane -> lane.rank.createdAtMillis)
          .thenComparing(lane -> lane.rank.place);

  static final Comparator<Lane> BY_TIME =
      Comparator.comparing((Lane lane) -> lane.readyAtMillis)
          .thenComparing(lane -> lane.rank.place);

  /** What decides whose turn it is. A lane is as urgent as the gravest that waits in it. */
  private record Rank(Severity gravity, boolean pages, long createdAtMillis, Place place) {}

  private static final Rank EMPTY = new Rank(Severity.INFO, false, 0, new Place(0, 0));

  private final String incidentId;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long notBeforeMillis;
  private boolean isSettling;

  /** Of when it was put into the order; what happens meanwhile does not change it. */
  private Rank rank = EMPTY;

  private long readyAtMillis;

  Lane(String incidentId) {
    this.incidentId = incidentId;
  }

  String incidentId() {
    return incidentId;
  }

  void add(Waiting last) {
    waiting.addLast(last);
  }

  void remove(Waiting done) {
    waiting.remove(done);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Nullable Waiting head() {
    return waiting.peekFirst();
  }

  /** How often its first one failed. */
  int failures() {
    Waiting head = head();
    return head == null ? 0 : head.failures();
  }

  /** Those that say no more than the later notification does. */
  List<Waiting> overtakenBy(Notification later) {
    List<Waiting> overtaken = new ArrayList<>();
    for (Waiting earlier : waiting) {
      if (earlier.isOvertakenBy(later)) {
        overtaken.add(earlier);
      }
    }
    return overtaken;
  }

  /** Makes whatever comes first wait; it also holds for the next one, if this one is overtaken. */
  void waitUntil(long millis) {
    notBeforeMillis = millis;
  }

  /** While what became of its last one is not committed. */
  boolean isSettling() {
    return isSettling;
  }

  void settling(boolean now) {
    isSettling = now;
  }

  /** Whether its first one waits for nothing but time. */
  boolean isIdle() {
    Waiting head = head();
    return head != null && !isSettling && !head.isUnderWay();
  }

  /** Takes the place in the order that it has now; it must stand in no sorted set meanwhile. */
  void sort() {
    Waiting head = head();
    if (head == null) {
      return;
    }
    Severity gravity = head.gravity();
    boolean pages = head.pages();
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      if (next.gravity().compareTo(gravity) > 0) {
        gravity = next.gravity();
      }
      pages |= next.pages();
    }
    rank = new Rank(gravity, pages, head.notification().createdAtMillis(), head.place());
    readyAtMillis = Math.max(notBeforeMillis, head.heldUntilMillis());
  }

  long readyAtMillis() {
    return readyAtMillis;
  }
}
