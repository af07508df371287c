package io.inferwarden.app.cluster;

import io.inferwarden.alerting.book.TopicBook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the one partition of a topic into a book, from its beginning and then for as long as it
 * lives; a cluster that is away is waited for. In no group: every instance reads all of it.
 */
public final class FollowedTopic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedTopic.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final long BEGINNING = -1;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final TopicPartition partition;
  private final TopicBook book;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** Where to go on; only the thread looks. */
  private long next = BEGINNING;

  /**
   * A topic to follow, from {@link #start} on.
   *
   * @param connection how to reach the cluster
   * @param topic of one partition
   * @param book takes the records, in one thread
   */
  public FollowedTopic(Map<String, Object> connection, String topic, TopicBook book) {
    this(() -> consumer(connection), topic, book);
  }

  FollowedTopic(Supplier<Consumer<byte[], byte[]>> consumers, String topic, TopicBook book) {
    this.consumers = consumers;
    this.partition = new TopicPartition(topic, 0);
    this.book = book;
    this.thread = new Thread(this::run, "follow-" + topic);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (where, error) -> LOG.error("{} is no longer followed", topic, error));
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> connection) {
    Map<String, Object> configuration = new HashMap<>(connection);
    configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(
        configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  public void start() {
    thread.start();
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Session session = new Session(consumers.get())) {
        session.follow();
      } catch (InterruptException e) {
        LOG.debug("Interrupted", e);
        return;
      } catch (InvalidOffsetException e) {
        LOG.warn("{} is not the topic that it was; it is read from its beginning", partition, e);
        book.clear();
        next = BEGINNING;
      } catch (KafkaException e) {
        LOG.warn("{} cannot be read now; it is tried again", partition, e);
        waitForNextTry();
      }
    }
  }

  private void waitForNextTry() {
    try {
      if (closing.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Closed while waiting for {}", partition);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** What is done with one consumer, until it fails or is closed. */
  private final class Session implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;

    Session(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    void follow() {
      List<TopicPartition> partitions = List.of(partition);
      consumer.assign(partitions);
      if (next == BEGINNING) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seek(partition, next);
      }
      long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
      if (next > end) {
        LOG.warn("{} ends before what was read of it; it is read from its beginning", partition);
        book.clear();
        consumer.seekToBeginning(partitions);
      }
      while (closing.getCount() > 0) {
        for (ConsumerRecord<byte[], byte[]> taken : consumer.poll(POLL)) {
          if (taken.key() != null) {
            String key = new String(taken.key(), StandardCharsets.UTF_8);
            book.accept(key, taken.value(), taken.offset());
          }
        }
        next = consumer.position(partition);
        if (next >= end) {
          book.reached(next);
        }
      }
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }

  /** Stops reading; the book keeps what it has. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
