package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IncidentDispatcherTest {
  private static final String TOPIC = "incidents";
  private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
  private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);
  private static final Incident FIRST = Examples.incident("principal:k1", 1);
  private static final Incident SECOND = Examples.incident("principal:k2", 1);
  private static final Incident THIRD = Examples.incident("principal:k3", 1);

  private final ScriptedConsumer consumer = new ScriptedConsumer();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final AlertingMetrics metrics = new AlertingMetrics(registry);
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  private IncidentDispatcher dispatcher;
  private CompletableFuture<Void> run;

  @AfterEach
  void close() {
    dispatcher.close();
  }

  @Test
  void deliversEveryIncidentToEverySinkAndThenCommits() throws Exception {
    FakeSink siem = new FakeSink("siem", attempt -> {});
    FakeSink page = new FakeSink("page", attempt -> {});
    assign(List.of(ZERO), record(ZERO, 0, FIRST), record(ZERO, 1, SECOND));

    start(siem, page);
    consumer.awaitCommit(ZERO, 2);
    assign(List.of(ZERO), record(ZERO, 2, THIRD));
    consumer.awaitCommit(ZERO, 3);

    assertThat(siem.taken).containsExactly(FIRST, SECOND, THIRD);
    assertThat(page.taken).containsExactly(FIRST, SECOND, THIRD);
    dispatcher.close();
    assertThat(run).succeedsWithin(Duration.ofSeconds(5));
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void aValueThatIsNoIncidentIsDeadLetteredAndNeverFatal() throws Exception {
    FakeSink siem = new FakeSink("siem", attempt -> {});
    assign(
        List.of(ZERO),
        new ConsumerRecord<>(TOPIC, 0, 0, null, "{oops".getBytes(StandardCharsets.UTF_8)),
        new ConsumerRecord<>(TOPIC, 0, 1, null, null),
        record(ZERO, 2, FIRST));

    start(siem);
    consumer.awaitCommit(ZERO, 3);

    assertThat(siem.taken).containsExactly(FIRST);
    assertThat(deadLetters)
        .containsExactly(
            new DeadLetter.Unreadable(
                TOPIC, 0, 0, "no incident: not JSON: JsonParseException", "e29vcHM="),
            new DeadLetter.Unreadable(
                TOPIC, 0, 1, "no incident: must be a JSON object, was MISSING", ""));
    assertThat(deadLetters.get(0).key()).isEqualTo("incidents-0@0");
    assertThat(registry.getSampleValue("inferwarden_notification_records_unreadable_total"))
        .isEqualTo(2);
  }

  @Test
  void aSlowSinkNeitherStopsThePollingNorHoldsUpTheOthers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeSink slow = new FakeSink("slow", attempt -> release.await());
    FakeSink fast = new FakeSink("fast", attempt -> {});
    assign(List.of(ZERO), record(ZERO, 0, FIRST), record(ZERO, 1, SECOND));

    start(slow, fast);
    consumer.awaitPausedPolls(3);

    assertThat(fast.taken).containsExactly(FIRST, SECOND);
    assertThat(slow.taken).isEmpty();
    assertThat(consumer.commits()).isEmpty();
    release.countDown();
    consumer.awaitCommit(ZERO, 2);
    assertThat(slow.taken).containsExactly(FIRST, SECOND);
  }

  @Test
  void aPartitionAssignedMeanwhileIsReadAfterwards() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeSink slow = new FakeSink("slow", attempt -> release.await());
    assign(List.of(ZERO), record(ZERO, 0, FIRST));
    start(slow);
    consumer.awaitPausedPolls(1);

    assign(List.of(ZERO, ONE), record(ONE, 0, SECOND));
    consumer.awaitPausedPolls(2);
    release.countDown();
    consumer.awaitCommit(ONE, 1);

    assertThat(slow.taken).containsExactly(FIRST, SECOND);
    assertThat(consumer.putBack()).isEqualTo(1);
  }

  @Test
  void aPartitionTakenAwayIsNotCommitted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeSink slow = new FakeSink("slow", attempt -> release.await());
    assign(List.of(ZERO, ONE), record(ZERO, 0, FIRST), record(ONE, 0, SECOND));
    start(slow);
    consumer.awaitPausedPolls(1);

    assign(List.of(ONE));
    consumer.awaitPausedPolls(2);
    release.countDown();
    consumer.awaitCommit(ONE, 1);

    assertThat(consumer.commits()).noneMatch(commit -> commit.containsKey(ZERO));
  }

  @Test
  void closingWhileASinkIsRetriedStopsAtOnceAndCommitsOnlyWhatIsDone() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    FakeSink dead =
        new FakeSink(
            "dead",
            attempt -> {
              if (attempt > 1) {
                throw DeliveryException.retryable("HTTP 503");
              }
            });
    Pause untilInterrupted =
        duration -> {
          waiting.countDown();
          new CountDownLatch(1).await();
        };
    assign(List.of(ZERO), record(ZERO, 0, FIRST), record(ZERO, 1, SECOND));
    start(untilInterrupted, dead);
    waiting.await();

    dispatcher.close();

    assertThat(run).succeedsWithin(Duration.ofSeconds(5));
    assertThat(consumer.lastCommit(ZERO)).isEqualTo(1);
    assertThat(dead.taken).containsExactly(FIRST);
    assertThat(deadLetters).isEmpty();
    assertThat(
            registry.getSampleValue(
                "inferwarden_notifications_total",
                new String[] {"sink", "outcome"},
                new String[] {"dead", "interrupted"}))
        .isEqualTo(1);
  }

  @Test
  void aFailedCommitIsCountedAndGoneOnFrom() throws Exception {
    FakeSink siem = new FakeSink("siem", attempt -> {});
    consumer.failNextCommit(new RebalanceInProgressException("not now"));
    assign(List.of(ZERO), record(ZERO, 0, FIRST));
    start(siem);
    consumer.awaitPolls(5);

    assign(List.of(ZERO), record(ZERO, 1, SECOND));
    consumer.awaitCommit(ZERO, 2);

    assertThat(siem.taken).containsExactly(FIRST, SECOND);
    assertThat(registry.getSampleValue("inferwarden_notification_commit_failures_total"))
        .isEqualTo(1);
  }

  @Test
  void aFatalErrorOfKafkaEndsTheRunAndClosesTheConsumer() {
    consumer.schedulePollTask(
        () -> consumer.setPollException(new AuthorizationException("not yours")));

    start(new FakeSink("siem", attempt -> {}));

    assertThatThrownBy(run::join).hasCauseInstanceOf(AuthorizationException.class);
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void closesWithoutEverHavingRun() {
    dispatcher = dispatcher(duration -> {}, new FakeSink("siem", attempt -> {}));

    dispatcher.close();

    assertThat(consumer.closed()).isTrue();
    assertThatThrownBy(dispatcher::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void reliesOnReadCommittedAndItsOwnCommits() {
    dispatcher = dispatcher(duration -> {}, new FakeSink("siem", attempt -> {}));

    Map<String, Object> configuration =
        IncidentDispatcher.consumerConfiguration(
            Map.of("bootstrap.servers", "kafka:9092", "enable.auto.commit", "true"), "dispatch");

    assertThat(configuration)
        .containsEntry("bootstrap.servers", "kafka:9092")
        .containsEntry("group.id", "dispatch")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("auto.offset.reset", "earliest");
  }

  private void start(FakeSink... sinks) {
    start(duration -> {}, sinks);
  }

  private void start(Pause pause, FakeSink... sinks) {
    dispatcher = dispatcher(pause, sinks);
    run = CompletableFuture.runAsync(dispatcher, task -> new Thread(task, "dispatcher").start());
  }

  private IncidentDispatcher dispatcher(Pause pause, FakeSink... sinks) {
    RetrySchedule schedule =
        new RetrySchedule(4, Duration.ofMillis(100), Duration.ofSeconds(1), new Random(7));
    List<Deliverer> deliverers =
        Arrays.stream(sinks)
            .map(sink -> new Deliverer(sink, schedule, pause, deadLetters::add, metrics))
            .toList();
    return new IncidentDispatcher(consumer, TOPIC, deliverers, deadLetters::add, pause, metrics);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private void assign(List<TopicPartition> partitions, ConsumerRecord<byte[], byte[]>... records) {
    List<ConsumerRecord<byte[], byte[]>> added = new ArrayList<>(List.of(records));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(partitions);
          added.forEach(consumer::addRecord);
        });
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, Incident incident) {
    return new ConsumerRecord<>(
        TOPIC, partition.partition(), offset, null, IncidentJson.toJson(incident));
  }
}
