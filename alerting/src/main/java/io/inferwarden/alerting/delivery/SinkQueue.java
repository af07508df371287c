package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.Attempt;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides what one sink is told next, and what becomes of each notification. Knows no clock, thread
 * or network: time and results are passed in, and what is to be committed comes out as a {@link
 * Step}. Not thread-safe.
 *
 * <ul>
 *   <li>The notifications of one incident go one after the other, those of different incidents do
 *       not wait for each other: graver first, pages before the rest, then the oldest.
 *   <li>A failure that may pass is tried again after a growing wait, until the retry span is over.
 *       A receiver that asks to be left alone is, for all it is to be told, up to {@link
 *       #LONGEST_RETRY_AFTER}. One that takes nothing is left alone as {@link SinkBreaker} says, at
 *       nobody's cost: what is not tried does not fail.
 *   <li>An update, reminder or refresh that waits while newer news of its incident does is folded,
 *       unless the sink is told every revision. A change of state never is: whoever is told that it
 *       is resolved was told that it had opened.
 *   <li>A storm is folded into a digest when the sink could be told something and more waits than
 *       the rate allows within the digest's patience; one digest at a time, so that a receiver that
 *       is slow or down finds few of them. When memory is full it is folded at once.
 *   <li>A group is folded into a digest when its wait is over and it holds several incidents, at a
 *       sink that takes digests; a pager that was told of an incident has to hear of its end.
 * </ul>
 *
 * <p>Conservation: what was offered is in exactly one place: held, in a step as done, or forgotten.
 */
final class SinkQueue {
  /** How long a receiver can make this side wait. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private static final int ERROR_CHARACTERS = 300;
  private static final long EXPIRY_CHECK_MILLIS = 5_000;
  private static final String DISABLED = "the sink is disabled: its receiver said that it is gone";

  private final DeliverySettings settings;
  private final RetrySchedule schedule;
  private final RateWindow rate;
  private final SinkBreaker breaker;
  private final Storm storm;
  private final Map<Place, Waiting> held = new HashMap<>();
  private final Lanes lanes = new Lanes();
  private final Groups groups = new Groups();
  private final Step step = new Step();
  private long timeMillis;
  private long quietUntilMillis;
  private long expiryCheckAtMillis;
  private boolean isDisabled;
  private int refusedInARow;
  private boolean hasDelivered;
  private String lastError = "";

  SinkQueue(String sink, DeliverySettings settings, RandomGenerator random) {
    this.settings = settings;
    this.schedule = new RetrySchedule(settings.firstWait(), settings.longestWait(), random);
    this.rate = new RateWindow(settings.rate());
    this.breaker = new SinkBreaker(sink, settings.breaker());
    this.storm = new Storm(settings);
  }

  /** Takes a notification up. */
  void offer(Notification notification, Place place, long clockMillis) {
    offer(notification, place, List.of(), 0, clockMillis);
  }

  /** Takes up a notification that was tried before, by this process or another. */
  void offer(
      Notification notification,
      Place place,
      List<Attempt> earlier,
      int earlierCount,
      long clockMillis) {
    long now = advance(clockMillis);
    Waiting waiting = new Waiting(notification, place, now, earlier, earlierCount);
    held.put(place, waiting);
    storm.came(notification);
    Lane lane = lanes.of(notification.incident().id());
    if (!settings.isToldEveryRevision()) {
      String detail = "superseded by revision " + notification.incident().revision();
      lane.overtakenBy(notification).forEach(each -> finish(each, Outcome.FOLDED, detail, now));
    }
    if (settings.digest() != null
        && !notification.group().isEmpty()
        && notification.groupWaitMillis() > 0) {
      groups.hold(waiting, now);
    }
    lanes.change(lane, now, each -> each.add(waiting));
    if (isDisabled) {
      deadLetter(waiting, DISABLED, now);
    } else if (isFull() && settings.digest() != null) {
      closeGroups(Long.MAX_VALUE, now);
      foldStorm(now);
    }
  }

  /** What to try now; it is under way until one of the calls below says what became of it. */
  Optional<Waiting> next(long clockMillis) {
    long now = advance(clockMillis);
    expire(now);
    closeGroups(now, now);
    if (lanes.first(now) == null
        || now < quietUntilMillis
        || rate.freeAt(now) > now
        || !breaker.tryPass(now)) {
      return Optional.empty();
    }
    if (storm.isOn(held.values(), rate.freeNow(now), now)) {
      foldStorm(now);
    }
    Lane lane = breaker.isProbing() ? lanes.leastFailed(now) : lanes.first(now);
    Waiting head = lane == null ? null : lane.head();
    if (lane == null || head == null) {
      breaker.giveBack();
      return Optional.empty();
    }
    lanes.change(lane, now, each -> head.setOut());
    rate.use(now);
    return Optional.of(head);
  }

  /** The sink took it. */
  void delivered(Waiting waiting, long beganAtMillis, long clockMillis) {
    long now = advance(clockMillis);
    if (held.get(waiting.place()) != waiting) {
      return; // another instance has taken over
    }
    breaker.succeeded(now);
    refusedInARow = 0;
    hasDelivered = true;
    waiting.note(attempt(beganAtMillis, now, "delivered"), false);
    finish(waiting, Outcome.DELIVERED, "", now);
  }

  /** The sink did not take it. */
  void failed(Waiting waiting, DeliveryException failure, long beganAtMillis, long clockMillis) {
    long now = advance(clockMillis);
    if (held.get(waiting.place()) != waiting) {
      return; // another instance has taken over
    }
    lastError = shortened(String.valueOf(failure.getMessage()));
    waiting.note(attempt(beganAtMillis, now, lastError), true);
    if (!failure.isRetryable()) {
      breaker.succeeded(now); // the receiver answered
      refusedInARow++;
      deadLetter(waiting, lastError, now);
      return;
    }
    breaker.failed(now, failure);
    failure.retryAfter().ifPresent(asked -> keepQuiet(asked, now));
    long nextAt = Math.max(quietUntilMillis, now + schedule.waitMillis(waiting.failures()));
    if (isDisabled || nextAt > waiting.expiresAtMillis(settings.retrySpan().toMillis())) {
      deadLetter(waiting, lastError, now);
      return;
    }
    step.entries.add(waiting.entry(Outcome.PENDING, lastError, now, nextAt));
    lanes.change(laneOf(waiting), now, each -> each.waitUntil(nextAt));
  }

  /** The receiver is gone for good: nothing is tried any more. */
  void disable(long clockMillis) {
    long now = advance(clockMillis);
    isDisabled = true;
    for (Waiting waiting : new ArrayList<>(held.values())) {
      if (!waiting.isUnderWay()) {
        deadLetter(waiting, DISABLED, now);
      }
    }
  }

  /** What has come about since the last {@link #committed}. */
  Step step() {
    return step;
  }

  /** The step is safe: what waited for that may go on. */
  void committed(long clockMillis) {
    step.clear();
    lanes.settle(advance(clockMillis));
  }

  /**
   * Leaves to others what stands in the partitions; the step must have been committed.
   *
   * @return how many notifications were let go
   */
  int forget(Set<Integer> partitions) {
    int count = 0;
    for (Waiting waiting : new ArrayList<>(held.values())) {
      if (partitions.contains(waiting.place().partition())) {
        letGo(waiting);
        lanes.change(laneOf(waiting), timeMillis, lane -> lane.remove(waiting));
        count++;
      }
    }
    return count;
  }

  /**
   * Forgets everything, also what is not committed; what it learned about the receiver stays.
   *
   * @return how many notifications were let go
   */
  int clear() {
    int count = pending();
    new ArrayList<>(held.values()).forEach(this::letGo);
    lanes.clear();
    groups.clear();
    step.clear();
    storm.forget();
    return count;
  }

  /** Whether no more should be offered for now. */
  boolean isFull() {
    return held.size() >= settings.capacity();
  }

  /** What is not over, or not yet committed as such. */
  int pending() {
    return held.size() + step.finalEntries();
  }

  /** When the oldest one held was created; the time given when none is held. */
  long oldestCreatedAtMillis(long nowMillis) {
    long oldest = nowMillis;
    for (Waiting waiting : held.values()) {
      oldest = Math.min(oldest, waiting.notification().createdAtMillis());
    }
    return oldest;
  }

  /**
   * When there may be something to do again, if nothing happens; {@link Long#MAX_VALUE} if never.
   */
  long nextWakeAt(long clockMillis) {
    long now = advance(clockMillis);
    long ready = lanes.readyAt(now);
    if (ready != Long.MAX_VALUE) {
      ready = Math.max(Math.max(ready, quietUntilMillis), rate.freeAt(now));
      ready = Math.max(ready, breaker.passAt(now));
    }
    return Math.min(ready, groups.dueAt());
  }

  SinkBreaker breaker() {
    return breaker;
  }

  /** Whether the sink has taken anything in this process. */
  boolean hasDelivered() {
    return hasDelivered;
  }

  /** How many were refused for good since the sink last took one. */
  int refusedInARow() {
    return refusedInARow;
  }

  /** What the last failed attempt said; empty before the first. */
  String lastError() {
    return lastError;
  }

  /** Time never goes back here, even if a clock is set back. */
  private long advance(long clockMillis) {
    timeMillis = Math.max(timeMillis, clockMillis);
    return timeMillis;
  }

  private void keepQuiet(Duration asked, long now) {
    Duration granted = asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    quietUntilMillis = Math.max(quietUntilMillis, now + granted.toMillis());
  }

  private void closeGroups(long dueAtMillis, long now) {
    for (List<Waiting> members : groups.due(dueAtMillis)) {
      long incidents =
          members.stream().map(each -> each.notification().incident().id()).distinct().count();
      if (incidents > 1) {
        fold(members, now);
      } else {
        members.forEach(member -> lanes.change(laneOf(member), now, lane -> {}));
      }
    }
  }

  private void foldStorm(long now) {
    List<Waiting> folded = storm.foldable(held.values());
    if (folded.size() > 1) {
      storm.toldBy(fold(folded, now), now);
    }
  }

  /** Folds them into one digest, which comes back through the outbox. */
  private Notification fold(List<Waiting> those, long now) {
    List<Waiting> folded = new ArrayList<>(those);
    folded.sort(Comparator.comparing(Waiting::place));
    Notification digest =
        DigestWriter.digest(folded.stream().map(Waiting::notification).toList(), now);
    step.digests.add(digest);
    step.entries.add(Delivery.of(digest, Outcome.PENDING, "", List.of(), 0, now, Delivery.NONE));
    folded.forEach(each -> finish(each, Outcome.FOLDED, digest.id(), now));
    return digest;
  }

  private void expire(long now) {
    if (now < expiryCheckAtMillis) {
      return;
    }
    expiryCheckAtMillis = now + EXPIRY_CHECK_MILLIS;
    long span = settings.retrySpan().toMillis();
    for (Waiting waiting : new ArrayList<>(held.values())) {
      if (!waiting.isUnderWay() && now >= waiting.expiresAtMillis(span)) {
        String why = "not taken within " + settings.retrySpan();
        deadLetter(waiting, lastError.isEmpty() ? why : why + ": " + lastError, now);
      }
    }
  }

  private void deadLetter(Waiting waiting, String error, long now) {
    step.deadLetters.add(
        new DeadLetter.Undelivered(
            waiting.notification(), error, waiting.attempts(), waiting.attemptCount(), now));
    finish(waiting, Outcome.DEAD_LETTERED, error, now);
  }

  private void finish(Waiting waiting, Outcome outcome, String detail, long now) {
    groups.remove(waiting);
    storm.ended(waiting.notification());
    held.remove(waiting.place());
    step.entries.add(waiting.entry(outcome, detail, now, Delivery.NONE));
    step.done.add(waiting.place());
    lanes.change(
        laneOf(waiting),
        now,
        lane -> {
          lane.remove(waiting);
          if (outcome != Outcome.FOLDED) { // the next one inherits the wait of one it overtook
            lane.waitUntil(0);
          }
          lanes.holdUntilSettled(lane);
        });
  }

  private void letGo(Waiting waiting) {
    if (waiting.isUnderWay()) {
      breaker.giveBack();
    }
    groups.remove(waiting);
    storm.ended(waiting.notification());
    held.remove(waiting.place());
  }

  private Lane laneOf(Waiting waiting) {
    return lanes.of(waiting.notification().incident().id());
  }

  private static Attempt attempt(long beganAtMillis, long now, String result) {
    return new Attempt(beganAtMillis, Math.max(0, now - beganAtMillis), result);
  }

  private static String shortened(String error) {
    return error.substring(0, Math.min(error.length(), ERROR_CHARACTERS));
  }
}
