package io.inferwarden.app.cluster;

import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.failure.CountErrors;
import io.inferwarden.app.failure.DropUnreadableRecord;
import io.inferwarden.app.failure.ReplaceFailedThread;
import io.inferwarden.app.failure.SkipFailedRecord;
import io.inferwarden.app.failure.StopOnFailedProduction;
import io.inferwarden.app.health.WorkerThread;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.topology.DetectionTopology;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology at work on a Kafka cluster. */
public final class DetectionStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final int BASELINE_BYTES = 8 * 1024 * 1024;

  private static final String POLL_AGE = "last-poll-seconds-ago";
  private static final String FETCH_LAG = "records-lag";
  private static final String FETCHES = "consumer-fetch-manager-metrics";
  private static final double IDLE_POLL_SECONDS = 2;

  private final KafkaStreams streams;
  private final List<String> stores;
  private final boolean staticMember;
  private final ReplaceFailedThread failures;

  public DetectionStreams(
      RunConfig config,
      DetectionSettings settings,
      AlertRouting routing,
      AppMetrics metrics,
      int threads) {
    this.staticMember = config.instance().id().isPresent();
    Topology topology = DetectionTopology.build(settings, routing, metrics);
    this.stores = storesOf(topology);
    this.streams = new KafkaStreams(topology, properties(config, settings, metrics, threads));
    this.failures = new ReplaceFailedThread(metrics, System::nanoTime);
    streams.setUncaughtExceptionHandler(failures);
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
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.instance().standbyReplicas());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
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

  private static List<String> storesOf(Topology topology) {
    return topology.describe().subtopologies().stream()
        .flatMap(part -> part.nodes().stream())
        .filter(TopologyDescription.Processor.class::isInstance)
        .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Sets who hears of its states and of restores; before the start. */
  void observe(KafkaStreams.StateListener states, StateRestoreListener restores) {
    streams.setStateListener(states);
    // Despite its name it hears of the stores of all tasks, and of no others.
    streams.setGlobalStateRestoreListener(restores);
  }

  public void start() {
    streams.start();
  }

  /** The metrics of Kafka Streams and of its clients. */
  Map<MetricName, ? extends Metric> metrics() {
    return streams.metrics();
  }

  /** The threads that are alive, by name. */
  List<WorkerThread> threads() {
    Map<String, Double> pollAges = new HashMap<>();
    streams
        .metrics()
        .forEach(
            (name, metric) -> {
              if (name.name().equals(POLL_AGE)) {
                pollAges.put(name.tags().get("client-id"), number(metric));
              }
            });
    return streams.metadataForLocalThreads().stream()
        .map(
            thread ->
                new WorkerThread(
                    thread.threadName(),
                    thread.threadState(),
                    Math.max(0, pollAges.getOrDefault(thread.consumerClientId(), 0.0))))
        .sorted(Comparator.comparing(WorkerThread::name))
        .toList();
  }

  private static double number(Metric metric) {
    return metric.metricValue() instanceof Number number && Double.isFinite(number.doubleValue())
        ? number.doubleValue()
        : 0;
  }

  /** The partitions whose records are judged here. */
  Set<TopicPartition> assigned() {
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .flatMap(task -> task.topicPartitions().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The partitions whose reader has just asked for more, and has fetched all there is. */
  Set<TopicPartition> withIdleReader() {
    Set<String> polling =
        streams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::consumerClientId)
            .collect(Collectors.toCollection(HashSet::new));
    Set<TopicPartition> idle = new HashSet<>();
    Map<MetricName, ? extends Metric> all = streams.metrics();
    all.forEach(
        (name, metric) -> {
          if (name.name().equals(POLL_AGE) && !(number(metric) < IDLE_POLL_SECONDS)) {
            polling.remove(name.tags().get("client-id"));
          }
        });
    all.forEach(
        (name, metric) -> {
          String partition = name.tags().get("partition");
          if (partition != null
              && name.group().equals(FETCHES)
              && name.name().equals(FETCH_LAG)
              && polling.contains(name.tags().get("client-id"))
              && number(metric) == 0) {
            idle.add(new TopicPartition(name.tags().get("topic"), Integer.parseInt(partition)));
          }
        });
    return idle;
  }

  /** How many keys each store holds here; stores of which no part is here are left out. */
  Map<String, Long> stateEntries() {
    Map<String, Long> entries = new TreeMap<>();
    for (String store : stores) {
      try {
        Object count =
            streams.store(
                StoreQueryParameters.fromNameAndType(store, new StoreEntries())
                    .enableStaleStores());
        entries.put(store, (Long) count);
      } catch (InvalidStateStoreException elsewhere) {
        LOG.debug("Nothing of {} is here now", store, elsewhere);
      }
    }
    return entries;
  }

  /** Whether it works: it may still be restoring. */
  public boolean isAlive() {
    KafkaStreams.State state = streams.state();
    return state.isRunningOrRebalancing() || state == KafkaStreams.State.CREATED;
  }

  /** Why it has stopped by itself, where it has. */
  Optional<String> whyStopped() {
    return failures.whyStopped();
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
