package io.inferwarden.alerting.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries incidents from their topic to the sinks, at least once: an offset is committed only after
 * every sink has taken the incident or a dead letter says why not. While a batch is under way the
 * partitions are paused and polling goes on, so no sink, however slow, costs the place in the
 * group.
 *
 * <p>{@link #run} works until {@link #close}; it throws when Kafka fails for good. One instance a
 * process. Sinks that must not wait for each other's worst retries get a dispatcher and a group
 * each: within one, a batch ends with its slowest sink.
 */
public final class IncidentDispatcher implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IncidentDispatcher.class);

  private static final Duration IDLE_POLL = Duration.ofSeconds(1);
  private static final long BUSY_WAIT_MILLIS = 200;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Few, so that a batch with failing sinks ends before long and its progress is committed. */
  private static final int RECORDS_A_POLL = 50;

  /** After a crash, the place in the group is held for this long before the next one gets it. */
  private static final int SESSION_MILLIS = 10_000;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final List<Deliverer> deliverers;
  private final DeadLetters deadLetters;
  private final AlertingMetrics metrics;
  private final ExecutorService lanes;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private @Nullable Batch batch;
  private Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

  /**
   * @param consumer configured as {@link #consumerConfiguration} says; closed by the dispatcher
   * @param topic the incidents topic
   * @param deliverers one for each sink, at least one
   * @param deadLetterWriter takes the records that are no incident
   * @param pause waits between attempts to write a dead letter
   */
  public IncidentDispatcher(
      Consumer<byte[], byte[]> consumer,
      String topic,
      List<Deliverer> deliverers,
      DeadLetterWriter deadLetterWriter,
      Pause pause,
      AlertingMetrics metrics) {
    if (deliverers.isEmpty()) {
      throw new IllegalArgumentException("deliverers must hold at least one");
    }
    this.consumer = consumer;
    this.topic = topic;
    this.deliverers = List.copyOf(deliverers);
    this.deadLetters = new DeadLetters(deadLetterWriter, pause, metrics);
    this.metrics = metrics;
    this.lanes = newLanes(deliverers.size() + 1);
  }

  /** The consumer's configuration: the connection as given, and what the dispatcher relies on. */
  public static Map<String, Object> consumerConfiguration(
      Map<String, ?> connection, String groupId) {
    Map<String, Object> configuration = new HashMap<>(connection);
    configuration.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
    configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    configuration.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 5);
    configuration.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    configuration.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return configuration;
  }

  @Override
  public void run() {
    if (started.getAndSet(true)) {
      throw new IllegalStateException("a dispatcher runs once");
    }
    try {
      consumer.subscribe(List.of(topic));
      while (!closing.get()) {
        takeTurn();
      }
    } catch (WakeupException e) {
      LOG.debug("Woken up to close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop();
    }
  }

  /**
   * Ends {@link #run}, which interrupts deliveries and commits what is done, and waits for its end.
   */
  @Override
  public void close() {
    closing.set(true);
    if (!started.getAndSet(true)) {
      stop();
      return;
    }
    consumer.wakeup();
    try {
      if (!stopped.await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The dispatcher did not stop within {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeTurn() throws InterruptedException {
    Batch current = batch;
    if (current == null) {
      startBatch(consumer.poll(IDLE_POLL));
      return;
    }
    boolean isDone = current.isDoneWithin(BUSY_WAIT_MILLIS);
    commitProgress(current);
    if (isDone) {
      batch = null;
      consumer.resume(consumer.paused());
    } else {
      keepMembership();
    }
  }

  private void startBatch(ConsumerRecords<byte[], byte[]> records) {
    if (!records.isEmpty() && !closing.get()) {
      consumer.pause(consumer.assignment());
      batch = Batch.start(records, deliverers, deadLetters, metrics, lanes);
    }
  }

  /**
   * Polls without taking records: those of a partition that has just been assigned are put back.
   */
  private void keepMembership() {
    consumer.pause(consumer.assignment());
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> early = records.records(partition);
      consumer.seek(partition, early.get(0).offset());
    }
  }

  /** A commit that fails costs a second delivery at worst, so it is counted and gone on from. */
  private void commitProgress(Batch current) {
    Map<TopicPartition, OffsetAndMetadata> offsets = current.offsets();
    Set<TopicPartition> stillOwned = new HashSet<>(consumer.assignment());
    offsets.keySet().retainAll(stillOwned);
    if (offsets.isEmpty() || offsets.equals(committed)) {
      return;
    }
    try {
      consumer.commitSync(offsets);
      committed = offsets;
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      metrics.countCommitFailure();
      LOG.warn("Could not commit {}; it may be delivered again", offsets, e);
    }
  }

  private void stop() {
    try {
      lanes.shutdownNow();
      if (!lanes.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A sink did not stop within {}", CLOSE_TIMEOUT);
      }
      commitLast();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      stopped.countDown();
    }
  }

  private void commitLast() {
    Batch last = batch;
    if (last == null) {
      return;
    }
    try {
      commitProgress(last);
    } catch (WakeupException e) {
      commitProgress(last); // the wake-up came too late for a poll; it is used up now
    }
  }

  private static ExecutorService newLanes(int count) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        count,
        lane -> {
          Thread thread = new Thread(lane, "incident-delivery-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
