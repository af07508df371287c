package io.inferwarden.alerting.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.alerting.sink.IncidentSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink's work with one pair of connections, turn by turn. */
final class SinkSession {
  private static final Logger LOG = LoggerFactory.getLogger(SinkSession.class);

  /** How long a turn lasts while attempts are under way, before what ended is committed. */
  private static final long TURN_MILLIS = 50;

  private static final long IDLE_POLL_MILLIS = 500;
  private static final long COMMIT_SKIPPED_AFTER_MILLIS = 5_000;
  private static final long LAST_GRACE_MILLIS = 1_000;

  /** A dead letter must fit where the record did, in base64. */
  private static final int MOST_BURIED_BYTES = 256 * 1024;

  private final IncidentSink sink;
  private final String sinkName;
  private final DeliveryTopics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final AlertingMetrics metrics;
  private final DeliveryHistory history;
  private final InstantSource clock;
  private final SinkQueue queue;
  private final AttemptPool pool;
  private final Ledger ledger;
  private final Ownership ownership;
  private long committedAtMillis;

  SinkSession(
      IncidentSink sink,
      DeliveryTopics topics,
      Connections connections,
      AlertingMetrics metrics,
      DeliveryHistory history,
      InstantSource clock,
      SinkQueue queue,
      AttemptPool pool) {
    this.sink = sink;
    this.sinkName = sink.name();
    this.topics = topics;
    this.consumer = connections.consumer();
    this.metrics = metrics;
    this.history = history;
    this.clock = clock;
    this.queue = queue;
    this.pool = pool;
    this.ledger = new Ledger(sinkName, topics, connections, metrics);
    this.ownership = new Ownership(this, consumer, queue, pool, metrics, sinkName);
  }

  /** Takes over from whoever had the same name before, then joins the group. */
  void begin() {
    ledger.begin();
    consumer.subscribe(List.of(topics.notifications()), ownership);
    committedAtMillis = clock.millis();
  }

  void takeTurn() throws InterruptedException {
    boolean isFull = queue.isFull() || !ownership.hasRoom();
    if (isFull) {
      consumer.pause(consumer.assignment());
    } else if (!consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
    take(consumer.poll(Duration.ofMillis(pollMillis())));
    work(clock.millis() + TURN_MILLIS);
    if (!queue.step().isEmpty()
        || clock.millis() - committedAtMillis >= COMMIT_SKIPPED_AFTER_MILLIS) {
      commit();
    }
    report();
  }

  /** Waits a little for what is under way, and commits. */
  void end() throws InterruptedException {
    long deadline = clock.millis() + LAST_GRACE_MILLIS;
    while (pool.isBusy() && clock.millis() < deadline) {
      hear(pool.awaitEnd(deadline - clock.millis()));
    }
    commit();
  }

  /** Waits for attempts in the partition to end, but not for long: a receiver may hang. */
  void awaitEnds(int partition, long deadlineMillis) throws InterruptedException {
    while (pool.isBusyWith(partition) && clock.millis() < deadlineMillis) {
      hear(pool.awaitEnd(deadlineMillis - clock.millis()));
    }
  }

  long nowMillis() {
    return clock.millis();
  }

  /**
   * Commits what has come about.
   *
   * @return false when the group has moved on without this member, so that nothing was committed
   */
  boolean commit() {
    Step step = queue.step();
    for (Place place : step.done) {
      ownership.markDone(place);
    }
    if (!ledger.commit(step, ownership.toCommit())) {
      return false;
    }
    ownership.committed();
    committedAtMillis = clock.millis();
    queue.committed(committedAtMillis);
    return true;
  }

  private long pollMillis() {
    if (pool.isBusy()) {
      return 0; // the turn waits for attempts to end
    }
    long now = clock.millis();
    return Math.max(0, Math.min(IDLE_POLL_MILLIS, queue.nextWakeAt(now) - now));
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      DoneOffsets offsets = ownership.offsets(record.partition());
      if (offsets == null) {
        continue; // no longer ours
      }
      offsets.take(record.offset());
      if (!offsets.isDone(record.offset()) && !isTaken(record)) {
        offsets.markDone(record.offset());
      }
    }
    for (TopicPartition partition : records.partitions()) {
      DoneOffsets offsets = ownership.offsets(partition.partition());
      if (offsets != null) {
        offsets.passTo(consumer.position(partition)); // markers of transactions take offsets too
      }
    }
  }

  /** Takes a record up; false when it concerns another sink. */
  private boolean isTaken(ConsumerRecord<byte[], byte[]> record) {
    if (isOfAnother(record.key())) {
      return false;
    }
    Place place = new Place(record.partition(), record.offset());
    byte[] value = record.value() == null ? new byte[0] : record.value();
    Notification notification;
    try {
      notification = NotificationJson.fromJson(value);
    } catch (IllegalArgumentException e) {
      bury(record, value, String.valueOf(e.getMessage()));
      return true;
    }
    if (!notification.sink().equals(sinkName)) {
      return false;
    }
    Optional<Delivery> earlier = history.of(sinkName, notification.id());
    if (earlier.filter(entry -> isEndOf(entry, notification)).isPresent()) {
      return false;
    }
    metrics.countReceived(sinkName);
    queue.offer(
        notification,
        place,
        earlier.map(Delivery::attempts).orElse(List.of()),
        earlier.map(Delivery::attemptCount).orElse(0),
        clock.millis());
    return true;
  }

  /**
   * Whether the ledger has the notification's end. The place in the outbox is committed with it,
   * but brokers forget the places of a group that was away for a week, and the outbox keeps a
   * quarter.
   */
  private static boolean isEndOf(Delivery entry, Notification notification) {
    return entry.outcome().isFinal()
        && entry.occasion() == notification.occasion()
        && entry.createdAtMillis() == notification.createdAtMillis();
  }

  /** By the key alone, which is cheaper than to read what is for others. */
  private boolean isOfAnother(byte @Nullable [] key) {
    if (key == null) {
      return false;
    }
    String text = new String(key, UTF_8);
    int end = text.lastIndexOf('|');
    return end >= 0 && !text.substring(0, end).equals(sinkName);
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, byte[] value, String why) {
    LOG.warn(
        "Record {}-{}@{} is no notification", record.topic(), record.partition(), record.offset());
    Step step = queue.step();
    step.deadLetters.add(
        new DeadLetter.Unreadable(
            record.topic(),
            record.partition(),
            record.offset(),
            "no notification: " + why,
            Base64.getEncoder()
                .encodeToString(Arrays.copyOf(value, Math.min(value.length, MOST_BURIED_BYTES)))));
    step.done.add(new Place(record.partition(), record.offset()));
    metrics.countUnreadable(sinkName);
  }

  /** Keeps the sink busy until the time, or until there is nothing left to do. */
  private void work(long untilMillis) throws InterruptedException {
    start();
    while (pool.isBusy()) {
      AttemptPool.Ended ended = pool.awaitEnd(untilMillis - clock.millis());
      if (ended == null) {
        pool.interruptOverdue();
        return;
      }
      hear(ended);
      start();
    }
  }

  private void start() {
    while (pool.hasRoom()) {
      Optional<Waiting> next = queue.next(clock.millis());
      if (next.isEmpty()) {
        return;
      }
      pool.start(next.get());
    }
  }

  private void hear(AttemptPool.@Nullable Ended ended) {
    if (ended == null) {
      return;
    }
    long now = clock.millis();
    DeliveryException failure = ended.failure();
    if (failure == null) {
      queue.delivered(ended.waiting(), ended.beganAtMillis(), now);
      metrics.countAttempt(sinkName, AlertingMetrics.AttemptEnd.TAKEN);
      metrics.observeDelivered(sinkName, ended.waiting().notification().createdAtMillis(), now);
    } else {
      queue.failed(ended.waiting(), failure, ended.beganAtMillis(), now);
      metrics.countAttempt(sinkName, AlertingMetrics.AttemptEnd.of(failure));
    }
    if (!sink.isEnabled()) {
      queue.disable(now);
    }
  }

  private void report() {
    long now = clock.millis();
    metrics.setPending(sinkName, queue.pending(), now - queue.oldestCreatedAtMillis(now));
    metrics.setBreakerOpen(sinkName, queue.breaker().isOpen());
    metrics.setEnabled(sinkName, sink.isEnabled());
  }
}
