package io.inferwarden.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  private static final String TOPIC = "events";

  @Test
  void carriesRecordsFromProducerToConsumerGroup() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      createTopic(broker.bootstrapServers());

      produce(broker.bootstrapServers(), "a", "b", "c");

      assertThat(consume(broker.bootstrapServers(), 3)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void showsReadCommittedConsumersOnlyCommittedTransactions() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      createTopic(broker.bootstrapServers());

      try (KafkaProducer<String, String> producer =
          producer(broker.bootstrapServers(), Map.of("transactional.id", "t1"))) {
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, new ProducerRecord<>(TOPIC, "aborted"));
        producer.abortTransaction();
        producer.beginTransaction();
        send(producer, new ProducerRecord<>(TOPIC, "committed"));
        producer.commitTransaction();
      }

      assertThat(consume(broker.bootstrapServers(), 1)).containsExactly("committed");
    }
  }

  @Test
  void keepsTopicsRecordsAndGroupOffsetsWhenRestartedOnTheSameFolder(@TempDir Path folder)
      throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(folder)) {
      createTopic(first.bootstrapServers());
      produce(first.bootstrapServers(), "a", "b");
      assertThat(consume(first.bootstrapServers(), 2)).containsExactly("a", "b");
    }

    try (EmbeddedBroker second = EmbeddedBroker.start(folder)) {
      produce(second.bootstrapServers(), "c");

      assertThat(consume(second.bootstrapServers(), 1)).containsExactly("c");
    }
  }

  @Test
  void recoversTheFolderOfABrokerThatWasKilled(@TempDir Path folder) throws Exception {
    try (BrokerProcess crashing = BrokerProcess.start(folder)) {
      createTopic(crashing.bootstrapServers());
      produce(crashing.bootstrapServers(), "a");
      crashing.kill();
    }

    try (EmbeddedBroker recovered = EmbeddedBroker.start(folder)) {
      assertThat(consume(recovered.bootstrapServers(), 1)).containsExactly("a");
    }
  }

  @Test
  void leavesNeitherFolderNorThreadThatKeepsTheJvmAlive() throws Exception {
    Set<Thread> before = keepingTheJvmAlive();
    EmbeddedBroker broker = EmbeddedBroker.start();
    assertThat(broker.dataFolder()).isDirectory();

    broker.close();
    broker.close();

    assertThat(broker.dataFolder()).doesNotExist();
    Set<Thread> left = keepingTheJvmAlive();
    left.removeAll(before);
    assertThat(left).isEmpty();
  }

  @Test
  void runsTwoBrokersSideBySideThatKnowNothingOfEachOther() throws Exception {
    try (EmbeddedBroker one = EmbeddedBroker.start();
        EmbeddedBroker other = EmbeddedBroker.start()) {
      createTopic(one.bootstrapServers());
      createTopic(other.bootstrapServers());

      produce(one.bootstrapServers(), "one");
      produce(other.bootstrapServers(), "other");

      assertThat(consume(one.bootstrapServers(), 1)).containsExactly("one");
      assertThat(consume(other.bootstrapServers(), 1)).containsExactly("other");
    }
  }

  @Test
  void refusesAFolderThatAnotherBrokerUsesAndLeavesThatOneRunning(@TempDir Path folder)
      throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(folder)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another Kafka")
          .hasMessageContaining(folder.toString());

      createTopic(first.bootstrapServers());
      produce(first.bootstrapServers(), "a");
      assertThat(consume(first.bootstrapServers(), 1)).containsExactly("a");
    }
  }

  @Test
  void refusesAPathThatIsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> EmbeddedBroker.start(file)).isInstanceOf(IOException.class);
  }

  private static Set<Thread> keepingTheJvmAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }

  private static void createTopic(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void produce(String bootstrapServers, String... values) throws Exception {
    try (KafkaProducer<String, String> producer = producer(bootstrapServers, Map.of())) {
      for (String value : values) {
        send(producer, new ProducerRecord<>(TOPIC, value));
      }
    }
  }

  private static void send(
      KafkaProducer<String, String> producer, ProducerRecord<String, String> message)
      throws Exception {
    producer.send(message).get();
  }

  private static KafkaProducer<String, String> producer(
      String bootstrapServers, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", bootstrapServers);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** Reads as the same group every time, until it has as many values as asked for. */
  private static List<String> consume(String bootstrapServers, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "group.id", "readers",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      while (values.size() < count) {
        for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
          values.add(message.value());
        }
      }
      consumer.commitSync();
    }
    return values;
  }
}
