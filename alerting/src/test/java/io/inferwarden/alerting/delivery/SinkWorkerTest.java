package io.inferwarden.alerting.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SinkWorkerTest {
  private static final DeliverySettings QUICK =
      DeliverySettings.everything()
          .withConcurrency(3)
          .withWaits(Duration.ofMillis(1), Duration.ofMillis(2));

  private final FakeCluster cluster = new FakeCluster();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final AlertingMetrics metrics = new AlertingMetrics(registry);
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final long now = Clock.systemUTC().millis();
  private DeliveryHistory history = DeliveryHistory.NONE;
  private SinkWorker worker;

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void whatIsDeliveredIsCommittedTogetherWithItsPlace() {
    cluster.write(News.opened(1, Severity.HIGH, now));
    cluster.write(1, News.opened(2, Severity.HIGH, now));
    FakeSink sink = new FakeSink((notification, attempt) -> {});
    run(sink, QUICK);

    await(() -> cluster.ledger().size() == 2);

    assertThat(sink.taken).hasSize(2);
    assertThat(cluster.ledger()).extracting(Delivery::outcome).containsOnly(Outcome.DELIVERED);
    assertThat(cluster.offset(FakeCluster.FIRST)).isEqualTo(new OffsetAndMetadata(1, ""));
    assertThat(cluster.offset(FakeCluster.SECOND)).isEqualTo(new OffsetAndMetadata(1, ""));
  }

  @Test
  void whatTheLedgerSaysIsDoneIsNotToldAgainWhereThePlaceIsForgotten() {
    Notification done = News.opened(1, Severity.HIGH, now);
    Delivery end = Delivery.of(done, Outcome.DELIVERED, "", List.of(), 0, now, Delivery.NONE);
    history = (sink, id) -> Optional.of(end).filter(each -> each.notificationId().equals(id));
    cluster.write(done);
    cluster.write(Redelivery.of(new DeadLetter.Undelivered(done, "", List.of(), 0, now), now + 1));
    cluster.write(News.opened(2, Severity.HIGH, now));
    FakeSink sink = new FakeSink((notification, attempt) -> {});
    run(sink, QUICK);

    await(() -> cluster.ledger().size() == 2);

    assertThat(sink.taken)
        .extracting(each -> each.incident().subject() + " " + each.occasion().code())
        .containsExactlyInAnyOrder("principal:k1 redelivery", "principal:k2 change");
    assertThat(value("inferwarden_notifications_received_total")).isEqualTo(2);
  }

  @Test
  void whatIsForOtherSinksIsPassedOver() {
    Notification other =
        Notification.ofChange(
            News.incident(1, 1, IncidentChange.OPENED, Severity.LOW), "pager", "default", now);
    cluster.write(other);
    cluster.write(News.opened(2, Severity.HIGH, now));
    FakeSink sink = new FakeSink((notification, attempt) -> {});
    run(sink, QUICK);

    await(() -> cluster.offset(FakeCluster.FIRST) != null);

    assertThat(sink.taken).hasSize(1);
    assertThat(cluster.offset(FakeCluster.FIRST).offset()).isEqualTo(2);
  }

  @Test
  void oneThatHangsHoldsUpNoOtherAndIsAloneDeliveredAgainAfterACrash() {
    CountDownLatch hanging = new CountDownLatch(1);
    Notification slow = News.opened(1, Severity.CRITICAL, now);
    cluster.write(slow);
    for (int i = 2; i < 50; i++) {
      cluster.write(News.opened(i, Severity.LOW, now));
    }
    run(
        new FakeSink(
            (notification, attempt) -> {
              if (notification.id().equals(slow.id())) {
                hanging.await();
              }
            }),
        QUICK);

    await(() -> cluster.ledger().size() == 48);

    OffsetAndMetadata place = cluster.offset(FakeCluster.FIRST);
    assertThat(place.offset()).isZero();
    worker.close(); // what hangs is interrupted, and not a failure

    assertThat(cluster.ledger()).hasSize(48);

    FakeSink restarted = new FakeSink((notification, attempt) -> {});
    run(restarted, QUICK);
    await(() -> cluster.ledger().size() == 49);

    assertThat(restarted.taken).extracting(Notification::id).containsExactly(slow.id());
    assertThat(cluster.offset(FakeCluster.FIRST)).isEqualTo(new OffsetAndMetadata(49, ""));
  }

  @Test
  void recordsThatAreNoNotificationsGoToDeadLetters() {
    cluster.write(0, null, "{}".getBytes(UTF_8));
    cluster.write(0, News.SINK + "|x", "rubbish".getBytes(UTF_8));
    cluster.write(0, "pager|x", "rubbish of another".getBytes(UTF_8));
    run(new FakeSink((notification, attempt) -> {}), QUICK);

    await(() -> cluster.deadLetters().size() == 2);

    assertThat(cluster.deadLetters())
        .allSatisfy(letter -> assertThat(DeadLetter.undelivered(letter)).isEmpty());
    assertThat(cluster.offset(FakeCluster.FIRST).offset()).isEqualTo(3);
    assertThat(value("inferwarden_notification_records_unreadable_total")).isEqualTo(2);
  }

  @Test
  void metricsAddUp() {
    for (int i = 0; i < 60; i++) {
      cluster.write(News.told(i, 1, IncidentChange.OPENED, now));
      cluster.write(News.told(i, 2, IncidentChange.UPDATED, now));
      cluster.write(News.told(i, 3, IncidentChange.RESOLVED, now));
    }
    metrics.countSilenced(News.SINK);
    run(
        new FakeSink(
            (notification, attempt) -> {
              if (notification.incident().subject().equals("principal:k7")) {
                throw DeliveryException.permanent("HTTP 400");
              }
              if (attempt % 4 == 0) {
                throw DeliveryException.retryable("HTTP 500");
              }
            }),
        QUICK.withEveryRevision(false));

    await(() -> outcome("delivered") + outcome("folded") + outcome("dead_lettered") == 180);

    assertThat(outcome("folded")).isGreaterThan(40);
    assertThat(outcome("dead_lettered")).isEqualTo(2);
    assertThat(outcome("silenced")).isEqualTo(1);
    assertThat(value("inferwarden_notifications_received_total")).isEqualTo(181);
    await(() -> value("inferwarden_notifications_pending") == 0);
    assertThat(value("inferwarden_notification_last_success_timestamp_seconds"))
        .isGreaterThanOrEqualTo(now / 1000.0);
    assertThat(value("inferwarden_notification_delivery_seconds_count"))
        .isEqualTo(outcome("delivered"));
  }

  @Test
  void aPartitionThatIsTakenAwayIsLeftToItsNewOwner() {
    CountDownLatch hanging = new CountDownLatch(1);
    Notification slow = News.opened(1, Severity.CRITICAL, now);
    cluster.write(0, slow);
    cluster.write(1, News.opened(2, Severity.LOW, now));
    run(
        new FakeSink(
            (notification, attempt) -> {
              if (notification.id().equals(slow.id())) {
                hanging.await();
              }
            }),
        QUICK);
    await(() -> cluster.ledger().size() == 1);
    cluster.assign(Set.of(FakeCluster.SECOND));
    await(() -> outcome("handed_over") == 1);
    hanging.countDown();
    cluster.write(1, News.opened(3, Severity.LOW, now));
    await(() -> cluster.ledger().size() == 2);

    assertThat(cluster.ledger()).extracting(Delivery::notificationId).doesNotContain(slow.id());
    assertThat(cluster.offset(FakeCluster.FIRST)).isEqualTo(new OffsetAndMetadata(0, ""));
  }

  @Test
  void whenKafkaFailsItBeginsAnewAndDeliversAgainUnderTheSameId() {
    cluster.failNextCommit(new ProducerFencedException("planted"));
    Notification told = News.opened(1, Severity.HIGH, now);
    cluster.write(told);
    FakeSink sink = new FakeSink((notification, attempt) -> {});
    run(sink, QUICK);

    await(() -> cluster.ledger().size() == 1);

    assertThat(sink.taken).extracting(Notification::id).containsExactly(told.id(), told.id());
    assertThat(cluster.connections()).isEqualTo(2);
    assertThat(value("inferwarden_notification_worker_restarts_total")).isEqualTo(1);
    assertThat(outcome("handed_over")).isEqualTo(1);
    assertThat(value("inferwarden_notifications_received_total")).isEqualTo(2);
  }

  @Test
  void aCommitThatTheGroupRefusesIsMadeAgainWithoutAnotherDelivery() {
    cluster.failNextCommit(new CommitFailedException("planted"));
    cluster.write(News.opened(1, Severity.HIGH, now));
    FakeSink sink = new FakeSink((notification, attempt) -> {});
    run(sink, QUICK);

    await(() -> cluster.ledger().size() == 1);

    assertThat(sink.taken).hasSize(1);
    assertThat(cluster.connections()).isEqualTo(1);
  }

  @Test
  void metadataOfAnotherHandIsNoReasonToStop() {
    cluster.write(News.opened(1, Severity.HIGH, now));
    cluster.write(News.opened(2, Severity.HIGH, now));
    cluster.setOffset(FakeCluster.FIRST, new OffsetAndMetadata(1, "of another hand"));
    FakeSink sink = new FakeSink((notification, attempt) -> {});
    run(sink, QUICK);

    await(() -> cluster.ledger().size() == 1);

    assertThat(sink.taken)
        .extracting(each -> each.incident().subject())
        .containsExactly("principal:k2");
  }

  @Test
  void troubleIsToldOnceAndSoIsItsEnd() {
    CountDownLatch mended = new CountDownLatch(1);
    cluster.write(News.opened(1, Severity.HIGH, now));
    run(
        new FakeSink(
            (notification, attempt) -> {
              if (mended.getCount() > 0) {
                throw DeliveryException.retryable("HTTP 503");
              }
            }),
        QUICK
            .withBreaker(
                new DeliverySettings.Breaker(2, Duration.ofMillis(10), Duration.ofMillis(10)))
            .withTroubleAfter(Duration.ofMillis(100)));

    await(() -> troubles.size() == 1);
    mended.countDown();
    await(() -> troubles.size() == 2);

    assertThat(troubles).containsExactly("chat failing: HTTP 503", "chat recovered");
  }

  @Test
  void theFirstDeliveryEndsTroubleThatAnEarlierProcessTold() {
    cluster.write(News.opened(1, Severity.HIGH, now));
    cluster.write(News.opened(2, Severity.HIGH, now));
    run(new FakeSink((notification, attempt) -> {}), QUICK);

    await(() -> !troubles.isEmpty());

    assertThat(troubles).containsExactly("chat recovered");
  }

  @Test
  void aSinkThatIsGoneIsTroubleAndWhatItIsToBeToldIsKeptAsDeadLetters() {
    cluster.write(News.opened(1, Severity.HIGH, now));
    cluster.write(News.told(1, 2, IncidentChange.RESOLVED, now));
    FakeSink[] sink = new FakeSink[1];
    sink[0] =
        new FakeSink(
            (notification, attempt) -> {
              sink[0].enabled = false;
              throw DeliveryException.permanent("HTTP 410");
            });
    run(sink[0], QUICK);

    await(() -> cluster.deadLetters().size() == 2 && troubles.size() == 1);

    assertThat(troubles).containsExactly("chat failing: HTTP 410");
    assertThat(value("inferwarden_notification_sink_enabled")).isZero();
  }

  @Test
  void aFaultInTheSinkAndAnAttemptWithoutEndAreFailures() {
    cluster.write(News.opened(1, Severity.HIGH, now));
    cluster.write(News.opened(2, Severity.HIGH, now));
    run(
        new FakeSink(
            (notification, attempt) -> {
              if (notification.incident().subject().endsWith("k1")) {
                throw new IllegalStateException("planted");
              }
              if (attempt <= 2) {
                new CountDownLatch(1).await();
              }
            }),
        QUICK.withAttemptTimeout(Duration.ofMillis(20)));

    await(() -> cluster.ledger().stream().filter(each -> each.outcome().isFinal()).count() == 2);

    assertThat(cluster.ledger())
        .extracting(each -> each.outcome().code() + " " + each.detail())
        .containsExactlyInAnyOrder(
            "dead_lettered fault in the sink: IllegalStateException",
            "pending interrupted: no answer within 20 ms",
            "delivered ");
  }

  private void run(FakeSink sink, DeliverySettings settings) {
    SinkTrouble trouble =
        new SinkTrouble() {
          @Override
          public boolean failing(String name, long sinceMillis, String lastError) {
            troubles.add(name + " failing: " + lastError);
            return true;
          }

          @Override
          public boolean recovered(String name) {
            troubles.add(name + " recovered");
            return true;
          }
        };
    worker =
        new SinkWorker(
            sink,
            settings,
            FakeCluster.TOPICS,
            cluster,
            metrics,
            trouble,
            history,
            Clock.systemUTC(),
            new SplittableRandom(1));
    new Thread(worker, "worker-under-test").start();
  }

  private double outcome(String code) {
    return registry.getSampleValue(
        "inferwarden_notifications_total",
        new String[] {"sink", "outcome"},
        new String[] {News.SINK, code});
  }

  private double value(String name) {
    return registry.getSampleValue(name, new String[] {"sink"}, new String[] {News.SINK});
  }

  /** Looks again and again; the test's own timeout ends it. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
