package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A sink, its queue, an outbox and a ledger, in simulated time. */
final class SimulatedSink {
  private static final long COMMIT_MILLIS = 10;
  private static final long OUTBOX_MILLIS = 20;

  /** What a receiver does with an attempt: null when it takes the notification. */
  @FunctionalInterface
  interface Receiver {
    @Nullable DeliveryException answer(Notification notification, long nowMillis);
  }

  record Told(Notification notification, long atMillis) {}

  final List<Told> told = new ArrayList<>();
  final List<Long> attempts = new ArrayList<>();
  final List<Delivery> ledger = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  private final SimulatedTime time;
  private final SinkQueue queue;
  private final int concurrency;
  private final long latencyMillis;
  private final Receiver receiver;
  private final ArrayDeque<Notification> outbox = new ArrayDeque<>();
  private long nextOffset;
  private int underWay;
  private boolean isCommitting;
  private long wakeAtMillis = Long.MAX_VALUE;

  SimulatedSink(
      SimulatedTime time, DeliverySettings settings, long latencyMillis, Receiver receiver) {
    this.time = time;
    this.queue = new SinkQueue(News.SINK, settings, new SplittableRandom(11));
    this.concurrency = settings.concurrency();
    this.latencyMillis = latencyMillis;
    this.receiver = receiver;
  }

  void write(Notification notification) {
    outbox.add(notification);
    turn();
  }

  int pending() {
    return queue.pending() + outbox.size();
  }

  private void turn() {
    long now = time.millis();
    while (!outbox.isEmpty() && !queue.isFull()) {
      queue.offer(outbox.poll(), new Place(0, nextOffset++), now);
    }
    while (underWay < concurrency) {
      Optional<Waiting> next = queue.next(now);
      if (next.isEmpty()) {
        break;
      }
      underWay++;
      attempts.add(now);
      time.in(latencyMillis, () -> end(next.get(), now));
    }
    if (!isCommitting && !queue.step().isEmpty()) {
      isCommitting = true;
      time.in(COMMIT_MILLIS, this::commit);
    }
    long wake = queue.nextWakeAt(now);
    if (underWay < concurrency && wake != Long.MAX_VALUE && (wake < wakeAtMillis)) {
      wakeAtMillis = Math.max(wake, now + 1);
      time.at(wakeAtMillis, this::wake);
    }
  }

  private void wake() {
    wakeAtMillis = Long.MAX_VALUE;
    turn();
  }

  private void end(Waiting waiting, long beganAtMillis) {
    long now = time.millis();
    underWay--;
    DeliveryException failure = receiver.answer(waiting.notification(), now);
    if (failure == null) {
      told.add(new Told(waiting.notification(), now));
      queue.delivered(waiting, beganAtMillis, now);
    } else {
      queue.failed(waiting, failure, beganAtMillis, now);
    }
    turn();
  }

  private void commit() {
    isCommitting = false;
    Step step = queue.step();
    ledger.addAll(step.entries);
    deadLetters.addAll(step.deadLetters);
    for (Notification digest : step.digests) {
      time.in(OUTBOX_MILLIS, () -> write(digest));
    }
    queue.committed(time.millis());
    turn();
  }
}
