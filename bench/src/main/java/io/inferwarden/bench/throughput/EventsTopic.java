package io.inferwarden.bench.throughput;

import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics of a cluster that is measured on. */
final class EventsTopic implements AutoCloseable {
  private final Map<String, Object> connection;
  private final Admin admin;

  EventsTopic(String bootstrapServers) {
    connection = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(connection);
  }

  /** Makes all topics of the platform, and waits until the broker leads all their partitions. */
  void create(int partitions) throws IOException, InterruptedException {
    List<NewTopic> topics = Topics.all(partitions, (short) 1);
    waitFor(admin.createTopics(topics).all());
    ends(); // only a leader knows
  }

  /** Writes events, each keyed by who asked, as the platform's own producers do. */
  void write(Traffic traffic) throws IOException {
    Map<String, Object> config = new HashMap<>(connection);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      while (traffic.hasNext()) {
        byte[] event = traffic.next();
        // the callback hears of the outcome
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(Topics.INFERENCE_EVENTS, traffic.principal(), event),
                (metadata, exception) -> {
                  if (exception != null) {
                    failure.compareAndSet(null, exception);
                  }
                });
      }
      producer.flush();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException("an event could not be written: " + failed.getMessage(), failed);
    }
  }

  /** Where all topics end now. */
  Map<TopicPartition, Long> ends() throws IOException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    List<String> names = new ArrayList<>();
    Topics.all(1, (short) 1).forEach(topic -> names.add(topic.name()));
    for (TopicDescription topic : waitFor(admin.describeTopics(names).allTopicNames()).values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  asked.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    waitFor(admin.listOffsets(asked).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /**
   * Lets a group begin at an offset of the events, and at the end of every other topic: what
   * another group has written there is not its own.
   */
  void startAt(String group, Map<TopicPartition, Long> ofEvents)
      throws IOException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    ends()
        .forEach(
            (partition, end) ->
                offsets.put(
                    partition,
                    new OffsetAndMetadata(
                        partition.topic().equals(Topics.INFERENCE_EVENTS)
                            ? ofEvents.getOrDefault(partition, 0L)
                            : end)));
    waitFor(admin.alterConsumerGroupOffsets(group, offsets).all());
  }

  private static <T> T waitFor(Future<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IOException("Kafka refused: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
