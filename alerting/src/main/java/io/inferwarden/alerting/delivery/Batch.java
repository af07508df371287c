package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one poll on their way to the sinks. Every sink works through them in order in a
 * lane of its own, so a slow sink does not hold up the others; one more lane takes the records that
 * are no incident to the dead letters. A record is done when every lane has passed it.
 */
final class Batch {
  private final List<Entry> entries;
  private final AtomicIntegerArray passed;
  private final CompletableFuture<Object> done;

  /** A record's place, and what it holds: an incident, or the dead letter that says why not. */
  private record Entry(TopicPartition partition, long offset, Content content) {}

  private sealed interface Content {}

  private record Deliverable(Incident incident) implements Content {}

  private record Unreadable(DeadLetter deadLetter) implements Content {}

  private Batch(List<Entry> entries, AtomicIntegerArray passed, CompletableFuture<Object> done) {
    this.entries = entries;
    this.passed = passed;
    this.done = done;
  }

  /** Starts to deliver; the executor must have a thread for each sink and one more. */
  static Batch start(
      Iterable<ConsumerRecord<byte[], byte[]>> records,
      List<Deliverer> deliverers,
      DeadLetters deadLetters,
      AlertingMetrics metrics,
      Executor executor) {
    List<Entry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      entries.add(entry(record));
    }
    List<Step> steps = new ArrayList<>();
    for (Deliverer deliverer : deliverers) {
      steps.add(content -> deliver(content, deliverer));
    }
    steps.add(content -> bury(content, deadLetters, metrics));
    AtomicIntegerArray passed = new AtomicIntegerArray(steps.size());
    List<CompletableFuture<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < steps.size(); lane++) {
      Runnable work = lane(entries, steps.get(lane), passed, lane);
      lanes.add(CompletableFuture.runAsync(work, executor));
    }
    return new Batch(entries, passed, allDoneOrFirstFault(lanes));
  }

  /**
   * Waits until everything is done; false when the time was not enough. Rethrows a lane's fault.
   */
  boolean isDoneWithin(long millis) throws InterruptedException {
    try {
      done.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("delivery stopped by a fault", e.getCause());
    }
  }

  /** What may be committed: the offsets after the records that every lane has passed. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    int finished = entries.size();
    for (int lane = 0; lane < passed.length(); lane++) {
      finished = Math.min(finished, passed.get(lane));
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (Entry entry : entries.subList(0, finished)) {
      offsets.put(entry.partition, new OffsetAndMetadata(entry.offset + 1));
    }
    return offsets;
  }

  @FunctionalInterface
  private interface Step {
    void take(Content content) throws InterruptedException;
  }

  private static Runnable lane(
      List<Entry> entries, Step step, AtomicIntegerArray passed, int lane) {
    return () -> {
      for (Entry entry : entries) {
        try {
          step.take(entry.content);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CompletionException(e);
        }
        passed.incrementAndGet(lane);
      }
    };
  }

  /** The first lane to fail ends the wait at once: the others may take hours to retry. */
  private static CompletableFuture<Object> allDoneOrFirstFault(
      List<CompletableFuture<Void>> lanes) {
    CompletableFuture<Void> firstFault = new CompletableFuture<>();
    CompletableFuture<?>[] watched =
        lanes.stream()
            .map(
                lane ->
                    lane.whenComplete(
                        (nothing, fault) -> {
                          if (fault != null) {
                            firstFault.completeExceptionally(fault);
                          }
                        }))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.anyOf(CompletableFuture.allOf(watched), firstFault);
  }

  private static void deliver(Content content, Deliverer deliverer) throws InterruptedException {
    if (content instanceof Deliverable deliverable) {
      deliverer.deliver(deliverable.incident);
    }
  }

  private static void bury(Content content, DeadLetters deadLetters, AlertingMetrics metrics)
      throws InterruptedException {
    if (content instanceof Unreadable unreadable) {
      deadLetters.write(unreadable.deadLetter);
      metrics.countUnreadable();
    }
  }

  private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return new Entry(partition, record.offset(), content(record));
  }

  private static Content content(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    try {
      return new Deliverable(IncidentJson.fromJson(value));
    } catch (IllegalArgumentException e) {
      return new Unreadable(
          new DeadLetter.Unreadable(
              record.topic(),
              record.partition(),
              record.offset(),
              "no incident: " + e.getMessage(),
              Base64.getEncoder().encodeToString(value)));
    }
  }
}
