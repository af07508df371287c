package io.inferwarden.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract that {@link ObjectStore} has with Kafka Streams: its changelog is written in the
 * transaction that commits the outputs and the offsets. A counter that dies between two commits
 * must go on as if it had never died: each count is put out once, none is left out.
 */
@Timeout(120)
class ObjectStoreIT {
  private static final int KEYS = 7;
  private static final int RECORDS = 3_000;

  /** Records after which the counter dies: some are committed by then, some are not. */
  private static final int DEATH = 1_700;

  private static final int NEVER = Integer.MAX_VALUE;

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void losesAndDoublesNothingWhenTheProcessDiesBetweenTwoCommits() throws Exception {
    String name = "crashing";
    produce(name);

    long committed = runUntilItDies(name, folder.resolve("before"), 600);
    assertThat(committed).as("outputs committed before the death").isBetween(600L, DEATH - 1L);
    Map<String, List<Long>> counts = runToTheEnd(name, folder.resolve("after"));

    assertThat(counts).isEqualTo(undisturbed());
  }

  @Test
  void startsFromNothingWhenTheProcessDiesBeforeItsFirstCommit() throws Exception {
    String name = "early";
    produce(name);

    long committed = runUntilItDies(name, folder.resolve("before"), NEVER);
    assertThat(committed).isZero();
    Map<String, List<Long>> counts = runToTheEnd(name, folder.resolve("after"));

    assertThat(counts).isEqualTo(undisturbed());
  }

  @Test
  void goesOnWhereItStoppedWhenItWasStoppedInGoodOrder() throws Exception {
    String name = "stopping";
    produce(name);
    Map<String, List<Long>> first = runToTheEnd(name, folder.resolve("before"));
    assertThat(first).isEqualTo(undisturbed());
    send(name, RECORDS, RECORDS + 1);

    Map<String, List<Long>> second = runToTheEnd(name, folder.resolve("after"), RECORDS + 1);

    assertThat(second.get(keyOf(RECORDS)))
        .hasSize(undisturbed().get(keyOf(RECORDS)).size() + 1)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static Map<String, List<Long>> undisturbed() {
    Map<String, List<Long>> counts = new HashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      List<Long> ofKey = counts.computeIfAbsent(keyOf(i), key -> new ArrayList<>());
      ofKey.add(ofKey.size() + 1L);
    }
    return counts;
  }

  private static String keyOf(int record) {
    return "key-" + record % KEYS;
  }

  private static void produce(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              Set.of(
                  new NewTopic(name + "-in", 1, (short) 1),
                  new NewTopic(name + "-out", 1, (short) 1)))
          .all()
          .get();
    }
    send(name, 0, RECORDS);
  }

  private static void send(String name, int from, int until)
      throws ExecutionException, InterruptedException {
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<String, Long> producer =
        new KafkaProducer<>(config, new StringSerializer(), new LongSerializer())) {
      for (int i = from; i < until; i++) {
        var sent = producer.send(new ProducerRecord<>(name + "-in", keyOf(i), (long) i));
        if (i == until - 1) {
          sent.get();
        }
      }
    }
  }

  /** Runs the counter until its processor throws; says how many outputs were committed by then. */
  private static long runUntilItDies(String name, Path state, int commitEvery)
      throws InterruptedException {
    CountDownLatch dead = new CountDownLatch(1);
    try (KafkaStreams streams =
        new KafkaStreams(
            topology(name, DEATH, commitEvery), properties(name, state, Duration.ofSeconds(30)))) {
      streams.setUncaughtExceptionHandler(
          death -> {
            dead.countDown();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.start();
      assertThat(dead.await(60, TimeUnit.SECONDS)).as("the counter dies").isTrue();
    }
    return committed(name, 0).values().stream().mapToLong(List::size).sum();
  }

  private static Map<String, List<Long>> runToTheEnd(String name, Path state) {
    return runToTheEnd(name, state, RECORDS);
  }

  private static Map<String, List<Long>> runToTheEnd(String name, Path state, int outputs) {
    try (KafkaStreams streams =
        new KafkaStreams(
            topology(name, NEVER, NEVER), properties(name, state, Duration.ofMillis(50)))) {
      streams.start();
      return committed(name, outputs);
    }
  }

  /** The committed outputs of each key; waits for at least so many. */
  private static Map<String, List<Long>> committed(String name, int atLeast) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    Map<String, List<Long>> counts = new HashMap<>();
    TopicPartition partition = new TopicPartition(name + "-out", 0);
    try (KafkaConsumer<String, Long> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new LongDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      int seen = 0;
      while (seen < atLeast || consumer.position(partition) < end) {
        for (ConsumerRecord<String, Long> record : consumer.poll(Duration.ofMillis(100))) {
          counts.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record.value());
          seen++;
        }
      }
    }
    return counts;
  }

  private static Topology topology(String name, int death, int commitEvery) {
    StoreBuilder<?> store = new ObjectStoreBuilder<>("counts", StateCodec.LONG, true);
    ProcessorSupplier<String, Long, String, Long> counter =
        new ProcessorSupplier<>() {
          @Override
          public Processor<String, Long, String, Long> get() {
            return new Counter(death, commitEvery);
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return Set.of(store);
          }
        };
    return new Topology()
        .addSource("in", new StringDeserializer(), new LongDeserializer(), name + "-in")
        .addProcessor("count", counter, "in")
        .addSink("out", name + "-out", new StringSerializer(), new LongSerializer(), "count");
  }

  private static Properties properties(String name, Path state, Duration commitInterval) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.put(StreamsConfig.consumerPrefix("max.poll.records"), 100);
    properties.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 60_000);
    properties.put(StreamsConfig.mainConsumerPrefix("session.timeout.ms"), 6_000);
    properties.put(StreamsConfig.mainConsumerPrefix("heartbeat.interval.ms"), 500);
    return properties;
  }

  /** Counts per key, and dies at its so manieth record. */
  private static final class Counter implements Processor<String, Long, String, Long> {
    private final int death;
    private final int commitEvery;
    private ProcessorContext<String, Long> context;
    private ObjectStore<Long> counts;
    private int records;

    Counter(int death, int commitEvery) {
      this.death = death;
      this.commitEvery = commitEvery;
    }

    @Override
    public void init(ProcessorContext<String, Long> processorContext) {
      context = processorContext;
      counts = processorContext.getStateStore("counts");
    }

    @Override
    public void process(Record<String, Long> record) {
      if (++records > death) {
        throw new IllegalStateException("dies at record " + records + ", as the test wants it");
      }
      Long before = counts.get(record.key());
      long count = before == null ? 1 : before + 1;
      counts.put(record.key(), count);
      context.forward(record.withValue(count));
      if (records % commitEvery == 0) {
        context.commit();
      }
    }
  }
}
