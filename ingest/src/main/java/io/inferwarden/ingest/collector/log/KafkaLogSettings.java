package io.inferwarden.ingest.collector.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How the log writes to Kafka.
 *
 * @param connection how to reach the cluster
 * @param applicationId what the names of transactions and groups begin with
 * @param instance name of this collector; no two that run have the same
 * @param topics where it writes
 * @param linger how long a transaction waits for company, 0 to 1 s; adds to each answer when there
 *     is little to do
 * @param deadline how long a batch is tried from when it was appended, 1 s to 5 min; then the
 *     sender is told to try again
 * @param transactionBytes what a transaction holds at most, unless one batch alone holds more
 * @param queueBytes what waits in memory at most, about; more is refused
 * @param preparation makes the topics that are missing; run by the writer before it first connects,
 *     again and again until it does not throw, and from then on never
 */
public record KafkaLogSettings(
    Map<String, Object> connection,
    String applicationId,
    String instance,
    LogTopics topics,
    Duration linger,
    Duration deadline,
    int transactionBytes,
    long queueBytes,
    Runnable preparation) {
  /** The largest record: that of the topic of events, with room for its frame. */
  static final int RECORD_BYTES = 2 * 1024 * 1024 - 4096;

  private static final int FIRST_RETRY_MILLIS = 5;
  private static final int BLOCK_MILLIS = 1_000;
  private static final int LONGEST_REQUEST_MILLIS = 5_000;

  public KafkaLogSettings {
    connection = Map.copyOf(connection);
    if (applicationId.isBlank() || instance.isBlank()) {
      throw new IllegalArgumentException("applicationId and instance must have a name");
    }
    requireWithin("linger", linger, Duration.ZERO, Duration.ofSeconds(1));
    requireWithin("deadline", deadline, Duration.ofSeconds(1), Duration.ofMinutes(5));
    if (transactionBytes < 1) {
      throw new IllegalArgumentException("transactionBytes must be > 0, was " + transactionBytes);
    }
    if (queueBytes < 1) {
      throw new IllegalArgumentException("queueBytes must be > 0, was " + queueBytes);
    }
  }

  /** A linger of 2 ms, a deadline of 10 s, transactions of 8 MiB and a queue of 64 MiB. */
  public static KafkaLogSettings of(
      Map<String, Object> connection, String applicationId, String instance, LogTopics topics) {
    return new KafkaLogSettings(
        connection,
        applicationId,
        instance,
        topics,
        Duration.ofMillis(2),
        Duration.ofSeconds(10),
        8 * 1024 * 1024,
        64L * 1024 * 1024,
        () -> {});
  }

  /** The same with another deadline. */
  public KafkaLogSettings withDeadline(Duration other) {
    return new KafkaLogSettings(
        connection,
        applicationId,
        instance,
        topics,
        linger,
        other,
        transactionBytes,
        queueBytes,
        preparation);
  }

  /** The same, which makes the topics that are missing. */
  public KafkaLogSettings withPreparation(Runnable other) {
    return new KafkaLogSettings(
        connection,
        applicationId,
        instance,
        topics,
        linger,
        deadline,
        transactionBytes,
        queueBytes,
        other);
  }

  /** The same with another bound on what waits in memory. */
  public KafkaLogSettings withQueueBytes(long other) {
    return new KafkaLogSettings(
        connection,
        applicationId,
        instance,
        topics,
        linger,
        deadline,
        transactionBytes,
        other,
        preparation);
  }

  private static void requireWithin(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", was " + value);
    }
  }

  /** Name of the transactions, and of the group in which the log keeps its own place. */
  String writerId() {
    return applicationId + "-collector-" + instance;
  }

  /** Every call returns within about a second, so that the writer can give up in time. */
  Map<String, Object> producer() {
    int deadlineMillis = Math.toIntExact(deadline.toMillis());
    int requestMillis = Math.min(LONGEST_REQUEST_MILLIS, deadlineMillis / 2);
    Map<String, Object> config = new HashMap<>(connection);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, writerId());
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis);
    // A transaction right behind another finds that one ending for a moment, and has to ask again.
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, FIRST_RETRY_MILLIS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deadlineMillis);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2 * deadlineMillis);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, writerId());
    return config;
  }

  /** For one that reads how far the writer has come. */
  Map<String, Object> consumer() {
    Map<String, Object> config = new HashMap<>(connection);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, writerId());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_REQUEST_MILLIS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_REQUEST_MILLIS);
    return config;
  }
}
