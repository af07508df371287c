package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import io.inferwarden.alerting.outbox.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SinkQueueTest extends SinkQueueFixture {
  @Test
  void theNextOfAnIncidentGoesOnlyWhenTheEndOfTheOneBeforeIsCommitted() {
    offer(News.told(1, 1, IncidentChange.OPENED, now));
    offer(News.told(1, 2, IncidentChange.RESOLVED, now));
    Waiting first = next();

    assertThat(queue.next(now)).isEmpty();

    queue.delivered(first, now, now);

    assertThat(queue.next(now)).isEmpty();

    queue.committed(now);

    assertThat(next().notification().incident().revision()).isEqualTo(2);
  }

  @Test
  void incidentsDoNotWaitForEachOther() {
    offer(News.told(1, 1, IncidentChange.OPENED, now));
    offer(News.told(2, 1, IncidentChange.OPENED, now));
    Waiting hanging = next();
    Waiting other = next();
    queue.delivered(other, now, now);

    assertThat(hanging.notification().incident().id())
        .isNotEqualTo(other.notification().incident().id());
    assertThat(outcomes()).containsExactly(Map.entry(other.notification().id(), "delivered"));
  }

  @Test
  void graverGoesFirstThenPagesThenTheOldest() {
    offer(News.opened(1, Severity.LOW, now - 50));
    offer(News.opened(2, Severity.HIGH, now - 10));
    offer(
        News.told(
            News.incident(3, 1, IncidentChange.OPENED, Severity.HIGH, IncidentKind.SCRIPTED_USE),
            now - 40));
    offer(News.opened(4, Severity.CRITICAL, now));
    offer(News.opened(5, Severity.HIGH, now - 20));

    assertThat(drain()).extracting(this::subject).containsExactly("k4", "k5", "k2", "k3", "k1");
  }

  @Test
  void anIncidentIsAsUrgentAsTheGravestThatWaitsInIt() {
    offer(News.opened(1, Severity.HIGH, now));
    offer(News.opened(2, Severity.LOW, now));
    offer(News.told(News.incident(2, 2, IncidentChange.ESCALATED, Severity.CRITICAL), now));

    assertThat(subject(next().notification())).isEqualTo("k2");
  }

  @Test
  void aFailureThatMayPassIsTriedAgainAfterAWaitAndTheLedgerSaysWhen() {
    offer(News.opened(1, Severity.HIGH, now));
    queue.failed(next(), busy(), now, now + 30);
    Delivery entry = queue.step().entries.get(0);

    assertThat(entry.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(entry.detail()).isEqualTo("HTTP 500");
    assertThat(entry.nextAttemptAtMillis()).isBetween(now + 30, now + 30 + 500);
    assertThat(queue.nextWakeAt(now + 30)).isEqualTo(entry.nextAttemptAtMillis());
    assertThat(queue.next(entry.nextAttemptAtMillis() - 1)).isEmpty();

    now = entry.nextAttemptAtMillis();
    queue.delivered(next(), now, now + 20);
    Delivery last = queue.step().entries.get(1);

    assertThat(last.outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(last.attemptCount()).isEqualTo(2);
    assertThat(last.attempts()).extracting("result").containsExactly("HTTP 500", "delivered");
    assertThat(last.attempts()).extracting("tookMillis").containsExactly(30L, 20L);
  }

  @Test
  void aReceiverThatAsksToBeLeftAloneIsForAllNotifications() {
    offer(News.opened(1, Severity.HIGH, now));
    offer(News.opened(2, Severity.HIGH, now));
    queue.failed(
        next(), DeliveryException.retryableAfter("HTTP 429", Duration.ofSeconds(90)), now, now);

    assertThat(queue.next(now + 89_999)).isEmpty();
    assertThat(queue.nextWakeAt(now)).isEqualTo(now + 90_000);

    now += 90_000;

    assertThat(drain()).hasSize(2);
  }

  @Test
  void aReceiverCannotAskForMoreThanAnHour() {
    offer(News.opened(1, Severity.HIGH, now));
    queue.failed(
        next(), DeliveryException.retryableAfter("HTTP 429", Duration.ofDays(400)), now, now);
    now += SinkQueue.LONGEST_RETRY_AFTER.toMillis();

    assertThat(queue.next(now)).isPresent();
  }

  @Test
  void whatIsRefusedForGoodBecomesADeadLetterAtOnce() {
    offer(News.opened(1, Severity.HIGH, now));
    queue.failed(next(), refused(), now, now + 5);
    DeadLetter.Undelivered letter = (DeadLetter.Undelivered) queue.step().deadLetters.get(0);

    assertThat(outcomes()).containsValue("dead_lettered");
    assertThat(letter.error()).isEqualTo("HTTP 400");
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(queue.step().done).containsExactly(new Place(0, 0));
    assertThat(queue.refusedInARow()).isEqualTo(1);
  }

  @Test
  void afterTheRetrySpanADeadLetterHoldsTheWholeHistory() {
    offer(News.opened(1, Severity.HIGH, now));
    offer(News.told(1, 2, IncidentChange.RESOLVED, now));
    int attempts = 0;
    while (queue.step().deadLetters.isEmpty()) {
      now = Math.max(now, queue.nextWakeAt(now));
      queue.failed(next(), busy(), now, now);
      attempts++;
    }
    DeadLetter.Undelivered letter = (DeadLetter.Undelivered) queue.step().deadLetters.get(0);

    assertThat(now - START).isBetween(hours(23), hours(24));
    assertThat(letter.attempts()).isEqualTo(attempts).isGreaterThan(200);
    assertThat(letter.history()).hasSize(21);
    assertThat(letter.history().get(0).atMillis()).isEqualTo(START);

    queue.committed(now);

    assertThat(next().notification().incident().revision()).isEqualTo(2);
  }

  @Test
  void whatWasOldAlreadyIsTriedBeforeItIsGivenUp() {
    offer(News.opened(1, Severity.HIGH, now - hours(100)));
    Waiting waiting = next();
    queue.failed(waiting, busy(), now, now);

    assertThat(queue.step().deadLetters).hasSize(1);

    offer(News.opened(2, Severity.HIGH, now - hours(100)));
    queue.delivered(next(), now, now);

    assertThat(outcomes()).containsValues("dead_lettered", "delivered");
  }

  @Test
  void attemptsOfAnEarlierProcessAreInTheHistory() {
    offer(News.opened(1, Severity.HIGH, now));
    queue.failed(next(), busy(), now, now);
    Delivery before = queue.step().entries.get(0);
    SinkQueue after = new SinkQueue(News.SINK, PATIENT, new SplittableRandom(2));
    after.offer(
        News.opened(1, Severity.HIGH, now),
        new Place(0, 0),
        before.attempts(),
        before.attemptCount(),
        now);
    after.delivered(after.next(now).orElseThrow(), now, now);

    assertThat(after.step().entries.get(0).attemptCount()).isEqualTo(2);
  }

  @Test
  void anOpenBreakerCostsNobodyAnAttemptAndASingleOneProbes() {
    queue = new SinkQueue(News.SINK, PATIENT.withBreaker(breaker(5)), new SplittableRandom(1));
    for (int i = 0; i < 20; i++) {
      offer(News.opened(i, Severity.HIGH, now));
    }
    List<Waiting> tried = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tried.add(next());
    }
    tried.forEach(each -> queue.failed(each, busy(), now, now));

    assertThat(queue.breaker().isOpen()).isTrue();
    assertThat(queue.next(now + 9_999)).isEmpty();
    assertThat(queue.nextWakeAt(now)).isEqualTo(now + 10_000);

    now += 10_000;
    Waiting probe = next();

    assertThat(queue.next(now)).isEmpty();

    queue.failed(probe, busy(), now, now);

    assertThat(queue.next(now + 19_999)).isEmpty();
    assertThat(queue.breaker().openSinceMillis()).isEqualTo(START);

    now += 20_000;
    queue.delivered(next(), now, now);

    assertThat(queue.breaker().isOpen()).isFalse();
    assertThat(drain()).hasSize(19);
    assertThat(
            queue.step().entries.stream()
                .filter(entry -> entry.outcome() == Outcome.DELIVERED)
                .mapToInt(Delivery::attemptCount)
                .sum())
        .isEqualTo(20 + 6);
  }

  @Test
  void oneThatIsNeverTakenDoesNotKeepTheBreakerOpen() {
    queue = new SinkQueue(News.SINK, PATIENT.withBreaker(breaker(3)), new SplittableRandom(1));
    offer(News.opened(1, Severity.CRITICAL, now));
    for (int i = 0; i < 3; i++) {
      now = Math.max(now, queue.nextWakeAt(now));
      queue.failed(next(), busy(), now, now);
    }
    offer(News.opened(2, Severity.LOW, now));
    now += 60_000;

    assertThat(queue.breaker().isOpen()).isTrue();
    assertThat(subject(next().notification())).isEqualTo("k2");
  }

  @Test
  void anUpdateThatNewerNewsHasOvertakenIsFolded() {
    queue = new SinkQueue(News.SINK, PATIENT.withEveryRevision(false), new SplittableRandom(1));
    offer(News.told(1, 1, IncidentChange.OPENED, now));
    offer(News.told(1, 2, IncidentChange.UPDATED, now));
    offer(News.told(1, 3, IncidentChange.UPDATED, now));
    offer(News.told(1, 4, IncidentChange.ESCALATED, now));
    offer(News.told(1, 5, IncidentChange.UPDATED, now));
    offer(News.told(1, 6, IncidentChange.RESOLVED, now));

    assertThat(queue.step().entries)
        .extracting(entry -> entry.revision() + " " + entry.detail())
        .containsExactly(
            "2 superseded by revision 3",
            "3 superseded by revision 4",
            "5 superseded by revision 6");

    queue.committed(now);

    assertThat(drain()).extracting(each -> each.incident().revision()).containsExactly(1L, 4L, 6L);
  }

  @Test
  void remindersAndRefreshesAreOvertakenByTheNextButNoRedeliveryIs() {
    queue = new SinkQueue(News.SINK, PATIENT.withEveryRevision(false), new SplittableRandom(1));
    Notification opened = News.told(1, 1, IncidentChange.OPENED, now);
    offer(News.on(Occasion.REDELIVERY, opened));
    offer(News.on(Occasion.REMINDER, opened));
    offer(News.on(Occasion.REFRESH, opened));
    offer(News.on(Occasion.REDELIVERY, opened));
    queue.committed(now);

    assertThat(drain())
        .extracting(Notification::occasion)
        .containsExactly(Occasion.REDELIVERY, Occasion.REFRESH, Occasion.REDELIVERY);
  }

  @Test
  void aSinkThatIsToldEveryRevisionGetsAllUpdates() {
    offer(News.told(1, 1, IncidentChange.OPENED, now));
    offer(News.told(1, 2, IncidentChange.UPDATED, now));
    offer(News.told(1, 3, IncidentChange.UPDATED, now));

    assertThat(drain()).hasSize(3);
  }

  @Test
  void whatOvertakesOneThatFailedInheritsItsWait() {
    queue = new SinkQueue(News.SINK, PATIENT.withEveryRevision(false), new SplittableRandom(1));
    offer(News.told(1, 2, IncidentChange.UPDATED, now));
    queue.failed(next(), busy(), now, now);
    long nextAt = queue.step().entries.get(0).nextAttemptAtMillis();
    offer(News.told(1, 3, IncidentChange.UPDATED, now));
    queue.committed(now);

    assertThat(nextAt).isGreaterThan(now);
    assertThat(queue.nextWakeAt(now)).isEqualTo(nextAt);
  }

  @Test
  void theRateIsKeptAlsoByFailedAttempts() {
    queue =
        new SinkQueue(
            News.SINK,
            PATIENT.withRate(new DeliverySettings.Rate(3, Duration.ofMinutes(1))),
            new SplittableRandom(1));
    for (int i = 0; i < 5; i++) {
      offer(News.opened(i, Severity.HIGH, now));
    }
    for (int i = 0; i < 3; i++) {
      queue.failed(next(), busy(), now, now);
    }

    assertThat(queue.next(now + 59_999)).isEmpty();
    assertThat(queue.next(now + 60_000)).isPresent();
  }

  @Test
  void withoutADigestAFullMemoryAsksToReadNoMore() {
    queue = new SinkQueue(News.SINK, PATIENT.withCapacity(3), new SplittableRandom(1));
    offer(News.opened(1, Severity.LOW, now));
    offer(News.opened(2, Severity.LOW, now));

    assertThat(queue.isFull()).isFalse();

    offer(News.opened(3, Severity.LOW, now));

    assertThat(queue.isFull()).isTrue();
  }

  @Test
  void aDisabledSinkTriesNothingAndDeadLettersEverything() {
    offer(News.opened(1, Severity.LOW, now));
    offer(News.opened(2, Severity.LOW, now));
    Waiting gone = next();
    queue.failed(gone, DeliveryException.permanent("HTTP 410"), now, now);
    queue.disable(now);
    offer(News.opened(3, Severity.LOW, now));

    assertThat(queue.next(now)).isEmpty();
    assertThat(queue.step().deadLetters).hasSize(3);
    assertThat(outcomes())
        .hasSize(3)
        .allSatisfy((id, end) -> assertThat(end).isEqualTo("dead_lettered"));
  }

  @Test
  void whatIsForgottenIsNoLongerListenedTo() {
    queue.offer(News.opened(1, Severity.LOW, now), new Place(0, 5), now);
    queue.offer(News.opened(2, Severity.LOW, now), new Place(1, 5), now);
    Waiting first = next();
    Waiting second = next();

    assertThat(queue.forget(Set.of(0))).isEqualTo(1);

    queue.delivered(first, now, now);
    queue.failed(second, refused(), now, now);

    assertThat(queue.step().done).containsExactly(new Place(1, 5));
    assertThat(queue.pending()).isEqualTo(1);
    assertThat(queue.clear()).isEqualTo(1);
    assertThat(queue.pending()).isZero();
    assertThat(queue.nextWakeAt(now)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aClockThatIsSetBackChangesNothing() {
    offer(News.opened(1, Severity.HIGH, now));
    queue.failed(next(), DeliveryException.retryableAfter("x", Duration.ofSeconds(9)), now, now);

    assertThat(queue.next(now - hours(5))).isEmpty();
    assertThat(queue.nextWakeAt(now - hours(5))).isEqualTo(now + 9_000);
  }
}
