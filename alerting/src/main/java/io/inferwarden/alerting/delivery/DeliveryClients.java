package io.inferwarden.alerting.delivery;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the connections of a sink's worker: new ones at the start and after a failure. */
public interface DeliveryClients {
  /** A reader of the outbox in the sink's own group; the caller closes it. */
  Consumer<byte[], byte[]> newConsumer(String sink);

  /** A transactional writer, not initialised yet; the caller closes it. */
  Producer<byte[], byte[]> newProducer(String sink);

  /**
   * Connections to a cluster.
   *
   * @param connection what all clients share
   * @param applicationId begins the names of groups and transactions
   * @param instance tells this process from others of the same application
   * @param isLasting whether the instance keeps its name over restarts, so that its place in the
   *     groups is kept for it and taken up again at once, also after a crash
   */
  static DeliveryClients of(
      Map<String, ?> connection, String applicationId, String instance, boolean isLasting) {
    return new DeliveryClients() {
      @Override
      public Consumer<byte[], byte[]> newConsumer(String sink) {
        Map<String, Object> consuming = new HashMap<>(connection);
        consuming.putAll(reading(groupId(applicationId, sink)));
        if (isLasting) {
          consuming.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        }
        return new KafkaConsumer<>(
            consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      }

      @Override
      public Producer<byte[], byte[]> newProducer(String sink) {
        Map<String, Object> producing = new HashMap<>(connection);
        producing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producing.put(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, groupId(applicationId, sink) + "-" + instance);
        producing.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        producing.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A transaction right behind another finds that one ending for a moment.
        producing.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        return new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
      }
    };
  }

  /** The consumer group of a sink. */
  public static String groupId(String applicationId, String sink) {
    return applicationId + "-sink-" + sink;
  }

  private static Map<String, Object> reading(String groupId) {
    return Map.of(
        ConsumerConfig.GROUP_ID_CONFIG,
        groupId,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        200,
        // After a crash, the place in the group is held for this long before another gets it.
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        10_000,
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        2_000,
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
  }
}
