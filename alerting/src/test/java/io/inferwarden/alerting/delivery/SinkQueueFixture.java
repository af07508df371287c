package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A queue of one sink, and what its tests do with it. */
abstract class SinkQueueFixture {
  static final long START = 1_780_000_000_000L;
  static final DeliverySettings PATIENT = DeliverySettings.everything().withBreaker(breaker(1000));

  long now = START;
  long nextOffset;
  SinkQueue queue = new SinkQueue(News.SINK, PATIENT, new SplittableRandom(1));

  static DeliverySettings.Breaker breaker(int failures) {
    return new DeliverySettings.Breaker(failures, Duration.ofSeconds(10), Duration.ofMinutes(5));
  }

  static DeliveryException busy() {
    return DeliveryException.retryable("HTTP 500");
  }

  static DeliveryException refused() {
    return DeliveryException.permanent("HTTP 400");
  }

  static long hours(int count) {
    return Duration.ofHours(count).toMillis();
  }

  void offer(Notification notification) {
    queue.offer(notification, new Place(0, nextOffset++), now);
  }

  Waiting next() {
    Optional<Waiting> next = queue.next(now);
    assertThat(next).isPresent();
    return next.get();
  }

  /** Delivers all that can be delivered now, one after the other. */
  List<Notification> drain() {
    List<Notification> told = new ArrayList<>();
    Optional<Waiting> next = queue.next(now);
    while (next.isPresent()) {
      told.add(next.get().notification());
      queue.delivered(next.get(), now, now);
      List<Delivery> entries = List.copyOf(queue.step().entries);
      queue.committed(now);
      queue.step().entries.addAll(entries); // for the test to look at
      next = queue.next(now);
    }
    return told;
  }

  String subject(Notification notification) {
    return notification.incident().subject().replace("principal:", "");
  }

  Map<String, String> outcomes() {
    Function<Delivery, String> end = entry -> entry.outcome().code();
    return queue.step().entries.stream()
        .filter(entry -> entry.outcome().isFinal())
        .collect(Collectors.toMap(Delivery::notificationId, end));
  }
}
