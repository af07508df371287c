package io.inferwarden.app.cluster;

import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.failure.CountErrors;
import io.inferwarden.app.failure.DropUnreadableRecord;
import io.inferwarden.app.failure.ReplaceFailedThread;
import io.inferwarden.app.failure.SkipFailedRecord;
import io.inferwarden.app.failure.StopOnFailedProduction;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.topology.DetectionTopology;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The topology at work on a Kafka cluster. */
public final class DetectionStreams implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final int BASELINE_BYTES = 8 * 1024 * 1024;

  private final KafkaStreams streams;
  private final boolean staticMember;

  public DetectionStreams(
      RunConfig config,
      DetectionSettings settings,
      AlertRouting routing,
      AppMetrics metrics,
      int threads) {
    this.staticMember = config.instance().id().isPresent();
    this.streams =
        new KafkaStreams(
            DetectionTopology.build(settings, routing, metrics),
            properties(config, settings, metrics, threads));
    streams.setUncaughtExceptionHandler(new ReplaceFailedThread(metrics, System::nanoTime));
  }

  /**
   * What Kafka Streams is told; the reasons for each figure are in {@code
   * docs/decisions/0003-engine-settings.md}.
   */
  static Properties properties(
      RunConfig config, DetectionSettings settings, AppMetrics metrics, int threads) {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.kafka().applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, config.instance().stateFolder().toString());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.kafka().replication());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50);
    properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 5_000);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DropUnreadableRecord.class);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SkipFailedRecord.class);
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, StopOnFailedProduction.class);
    properties.put(CountErrors.METRICS, metrics);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        4 * 1024 * 1024);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), 1024 * 1024);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    config
        .instance()
        .id()
        .ifPresent(
            id ->
                properties.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    // A transaction right behind another finds that one ending for a moment, and has to ask again.
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), BASELINE_BYTES);
    // What is kept of a chat model's accounts is one record of the changelog.
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), BASELINE_BYTES);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 20_000);
    return properties;
  }

  public void start() {
    streams.start();
  }

  /** Whether it works: it may still be restoring. */
  public boolean isAlive() {
    KafkaStreams.State state = streams.state();
    return state.isRunningOrRebalancing() || state == KafkaStreams.State.CREATED;
  }

  /** Whether all that is assigned to it is being judged. */
  public boolean isReady() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** The state in a word, for people. */
  public String state() {
    return streams.state().name();
  }

  /**
   * Stops, and leaves the group unless it is a static member, so that others need not wait for a
   * timeout.
   */
  @Override
  public void close() {
    CloseOptions.GroupMembershipOperation membership =
        staticMember
            ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
            : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(CLOSE_TIMEOUT));
  }
}
