package io.inferwarden.app.cluster;

import io.inferwarden.app.names.Topics;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends lines of events into the topic, keyed by principal, at the pace at which they happened or a
 * multiple of it. A line that is no event is sent without a key, so that the platform says what is
 * wrong with it.
 */
public final class EventProducer implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final double speed;
  private long firstEventMillis = Long.MIN_VALUE;
  private long firstSentNanos;
  private long notEvents;

  /**
   * @param connection how to reach the cluster
   * @param speed times faster than the events happened; 0 for as fast as the cluster takes them
   */
  public EventProducer(Map<String, Object> connection, double speed) {
    Map<String, Object> config = new HashMap<>(connection);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.speed = speed;
  }

  /**
   * Sends one line; waits for its time when a speed is set, and for the cluster when it is behind.
   */
  public void send(byte[] line) throws IOException {
    byte[] key = null;
    if (parser.parse(line, 0, line.length, System.currentTimeMillis(), event) == null) {
      key = event.principal().getBytes(StandardCharsets.UTF_8);
      awaitTime(event.timeMillis());
    } else {
      notEvents++;
    }
    // the callback hears of the outcome
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(Topics.INFERENCE_EVENTS, key, line),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
    throwOnFailure();
  }

  private void awaitTime(long eventMillis) {
    if (speed <= 0) {
      return;
    }
    if (firstEventMillis == Long.MIN_VALUE) {
      firstEventMillis = eventMillis;
      firstSentNanos = System.nanoTime();
    }
    long dueNanos =
        firstSentNanos
            + (long) ((eventMillis - firstEventMillis) / speed * TimeUnit.MILLISECONDS.toNanos(1));
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** Returns when the cluster has all that was sent. */
  public void flush() throws IOException {
    producer.flush();
    throwOnFailure();
  }

  private void throwOnFailure() throws IOException {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException(
          "could not send to " + Topics.INFERENCE_EVENTS + ": " + failed.getMessage(), failed);
    }
  }

  /** Lines that the platform will reject. */
  public long notEvents() {
    return notEvents;
  }

  @Override
  public void close() {
    producer.close();
  }
}
