package io.inferwarden.bench.process;

import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends events to the platform's topic, keyed by who asked, as its own producers do. */
public final class EventSender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public EventSender(Map<String, Object> connection) {
    Map<String, Object> config = new HashMap<>(connection);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends one, and waits where the cluster is behind. */
  public void send(byte[] principal, byte[] json) throws IOException {
    send(principal, json, writtenMillis -> {});
  }

  /**
   * Sends one, and waits where the cluster is behind.
   *
   * @param written is told when the event was written, by the clock of the broker
   */
  public void send(byte[] principal, byte[] json, LongConsumer written) throws IOException {
    // the callback hears of the outcome
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(Topics.INFERENCE_EVENTS, principal, json),
            (metadata, exception) -> {
              if (exception == null) {
                written.accept(metadata.timestamp());
              } else {
                failure.compareAndSet(null, exception);
              }
            });
    throwOnFailure();
  }

  /** Returns when all is written. */
  public void flush() throws IOException {
    producer.flush();
    throwOnFailure();
  }

  private void throwOnFailure() throws IOException {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException("an event could not be written: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
