package io.inferwarden.alerting.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka's mock consumer, which also lets a test wait for polls and commits, and which can go back
 * to records it has already given, as a real one can.
 */
final class ScriptedConsumer extends MockConsumer<byte[], byte[]> {
  private final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> given = new ArrayList<>();
  private RuntimeException nextCommitFailure;
  private int putBack;
  private int polls;
  private int pausedPolls;

  ScriptedConsumer() {
    super("earliest");
    updateBeginningOffsets(
        Map.of(new TopicPartition("incidents", 0), 0L, new TopicPartition("incidents", 1), 0L));
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    polls++;
    if (!paused().isEmpty()) {
      pausedPolls++;
    }
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    records.forEach(given::add);
    notifyAll();
    if (records.isEmpty() && !timeout.isZero()) {
      waitBriefly();
    }
    return records;
  }

  /** As a real poll does, instead of keeping the lock from the test in a busy loop. */
  @SuppressWarnings("WaitNotInLoop") // any end of the wait will do
  private synchronized void waitBriefly() {
    try {
      wait(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    super.seek(partition, offset);
    List<ConsumerRecord<byte[], byte[]>> again =
        given.stream()
            .filter(record -> record.partition() == partition.partition())
            .filter(record -> record.offset() >= offset)
            .toList();
    given.removeAll(again);
    again.forEach(this::addRecord);
    putBack += again.size();
  }

  /** How many records were given, and by a seek made to be given again. */
  synchronized int putBack() {
    return putBack;
  }

  @Override
  public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (nextCommitFailure != null) {
      RuntimeException failure = nextCommitFailure;
      nextCommitFailure = null;
      throw failure;
    }
    super.commitSync(offsets);
    commits.add(Map.copyOf(offsets));
    notifyAll();
  }

  synchronized void failNextCommit(RuntimeException failure) {
    nextCommitFailure = failure;
  }

  List<Map<TopicPartition, OffsetAndMetadata>> commits() {
    return commits;
  }

  /** The offset committed last; -1 before the first. */
  long lastCommit(TopicPartition partition) {
    long last = -1;
    for (Map<TopicPartition, OffsetAndMetadata> commit : commits) {
      last = commit.containsKey(partition) ? commit.get(partition).offset() : last;
    }
    return last;
  }

  synchronized void awaitCommit(TopicPartition partition, long offset) throws InterruptedException {
    while (lastCommit(partition) < offset) {
      wait();
    }
  }

  /** Waits for so many more polls. */
  synchronized void awaitPolls(int more) throws InterruptedException {
    int goal = polls + more;
    while (polls < goal) {
      wait();
    }
  }

  /** Waits for so many more polls while partitions are paused. */
  synchronized void awaitPausedPolls(int more) throws InterruptedException {
    int goal = pausedPolls + more;
    while (pausedPolls < goal) {
      wait();
    }
  }
}
