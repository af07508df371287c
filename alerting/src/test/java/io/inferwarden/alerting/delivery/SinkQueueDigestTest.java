package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SinkQueueDigestTest extends SinkQueueFixture {
  @Test
  void aGroupIsToldAsOneWhenItsWaitIsOver() {
    readByPeople(100);
    offer(News.grouped(News.opened(1, Severity.HIGH, now), "payments", 30_000));
    offer(News.grouped(News.opened(2, Severity.LOW, now), "payments", 30_000));
    offer(News.grouped(News.opened(3, Severity.LOW, now), "search", 30_000));
    now += 10_000;
    offer(News.grouped(News.opened(4, Severity.LOW, now), "payments", 30_000));

    assertThat(queue.next(now)).isEmpty();
    assertThat(queue.nextWakeAt(now)).isEqualTo(START + 30_000);

    now = START + 30_000;
    Waiting alone = next();
    Notification digest = queue.step().digests.get(0);

    assertThat(subject(alone.notification())).isEqualTo("k3");
    assertThat(digest.incident().kind()).isEqualTo(IncidentKind.DIGEST);
    assertThat(digest.incident().findings()).isEqualTo(3);
    assertThat(digest.incident().severity()).isEqualTo(Severity.HIGH);
    assertThat(queue.step().entries)
        .extracting(entry -> entry.outcome().code() + " " + entry.detail())
        .containsExactly(
            "pending ", "folded " + digest.id(), "folded " + digest.id(), "folded " + digest.id());
  }

  @Test
  void aSinkWithoutDigestsIsToldEachOfAGroupAtOnce() {
    offer(News.grouped(News.told(1, 2, IncidentChange.RESOLVED, now), "g", 30_000));
    offer(News.grouped(News.opened(2, Severity.LOW, now), "g", 30_000));

    assertThat(drain()).extracting(this::subject).containsExactlyInAnyOrder("k1", "k2");
    assertThat(queue.step().digests).isEmpty();
  }

  @Test
  void aGroupOfOneIncidentIsToldAsItself() {
    readByPeople(100);
    offer(News.grouped(News.told(1, 1, IncidentChange.OPENED, now), "g", 1_000));
    offer(News.grouped(News.told(1, 2, IncidentChange.RESOLVED, now), "g", 1_000));
    now += 1_000;

    assertThat(drain()).extracting(each -> each.incident().revision()).containsExactly(1L, 2L);
  }

  @Test
  void aStormBecomesOneDigestBesideWhatIsGrave() {
    readByPeople(10);
    for (int i = 0; i < 100; i++) {
      offer(News.opened(i, i % 50 == 0 ? Severity.CRITICAL : Severity.LOW, now));
    }
    Waiting first = next();
    Notification digest = queue.step().digests.get(0);

    assertThat(subject(first.notification())).isEqualTo("k0");
    assertThat(digest.incident().findings()).isEqualTo(98);
    assertThat(queue.step().entries)
        .filteredOn(entry -> entry.outcome() == Outcome.FOLDED)
        .hasSize(98)
        .allSatisfy(entry -> assertThat(entry.detail()).isEqualTo(digest.id()));
  }

  @Test
  void asLongAsADigestIsOnItsWayNoOtherIsMade() {
    readByPeople(10);
    for (int i = 0; i < 100; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }

    assertThat(queue.next(now)).isEmpty();

    Notification digest = queue.step().digests.get(0);
    queue.committed(now);
    for (int i = 100; i < 200; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }
    queue.delivered(next(), now, now);
    offer(digest);

    assertThat(queue.step().digests).isEmpty();

    Waiting told = next();

    assertThat(told.notification()).isEqualTo(digest);

    queue.delivered(told, now, now);
    queue.next(now);

    assertThat(queue.step().digests).hasSize(1);
    assertThat(queue.step().digests.get(0).incident().findings()).isEqualTo(99);
  }

  @Test
  void aDigestThatAnotherInstanceTellsHoldsUpNoOther() {
    readByPeople(10);
    for (int i = 0; i < 100; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }
    queue.next(now);
    queue.committed(now);
    for (int i = 100; i < 200; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }
    queue.next(now + Storm.LONGEST_WAY_MILLIS);

    assertThat(queue.step().digests).hasSize(1);
  }

  @Test
  void aDigestThatIsHandedOverHoldsUpNoOther() {
    readByPeople(10);
    for (int i = 0; i < 100; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }
    queue.next(now);
    Notification digest = queue.step().digests.get(0);
    queue.committed(now);
    offer(digest);
    queue.forget(Set.of(0));
    for (int i = 100; i < 200; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }
    queue.next(now);

    assertThat(queue.step().digests).hasSize(1);
  }

  @Test
  void evenGraveNewsIsFoldedWhereThereIsMoreThanAnybodyCanRead() {
    readByPeople(10);
    for (int i = 0; i < 300; i++) {
      offer(News.opened(i, Severity.CRITICAL, now));
    }
    next();

    assertThat(queue.step().digests.get(0).incident().findings()).isEqualTo(290);
  }

  @Test
  void aFullMemoryIsFoldedAlsoWhileTheReceiverIsDown() {
    queue =
        new SinkQueue(
            News.SINK,
            DeliverySettings.readByPeople(10, Duration.ofMinutes(1))
                .withCapacity(50)
                .withBreaker(breaker(1)),
            new SplittableRandom(1));
    offer(News.opened(0, Severity.LOW, now));
    queue.failed(next(), busy(), now, now);
    for (int i = 1; i < 500; i++) {
      offer(News.opened(i, Severity.LOW, now));
    }

    assertThat(queue.isFull()).isFalse();
    assertThat(queue.step().digests).hasSize(10);
    assertThat(queue.pending()).isEqualTo(500);
  }

  private void readByPeople(int perMinute) {
    queue =
        new SinkQueue(
            News.SINK,
            DeliverySettings.readByPeople(perMinute, Duration.ofMinutes(1)),
            new SplittableRandom(1));
  }
}
