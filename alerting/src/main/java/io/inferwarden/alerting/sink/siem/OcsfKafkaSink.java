package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Writes OCSF Detection Findings to a Kafka topic and waits for the acknowledgement. The key is the
 * incident's id, so the topic may be compacted to the latest revision of each; the header {@code
 * notification-id} is the same on every attempt. The producer, which should use {@code acks=all}
 * and must not be transactional, stays the caller's to close.
 */
public final class OcsfKafkaSink implements IncidentSink {
  static final String NOTIFICATION_ID = "notification-id";

  private final Settings settings;
  private final Producer<byte[], byte[]> producer;

  /**
   * Where to write.
   *
   * @param name of the sink
   * @param topic to write to
   * @param timeout for the acknowledgement
   */
  public record Settings(String name, String topic, Duration timeout) {
    private static final String TOPIC = "[a-zA-Z0-9._-]{1,249}";

    public Settings {
      SinkSettings.notBlank("name", name);
      if (!topic.matches(TOPIC)) {
        throw new IllegalArgumentException("topic must match " + TOPIC + ", was " + topic);
      }
      if (timeout.toMillis() <= 0) {
        throw new IllegalArgumentException("timeout must be >= 1 ms, was " + timeout);
      }
    }
  }

  public OcsfKafkaSink(Settings settings, Producer<byte[], byte[]> producer) {
    this.settings = settings;
    this.producer = producer;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    byte[] key = notification.incident().id().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(settings.topic(), key, OcsfFinding.json(notification));
    record
        .headers()
        .add(NOTIFICATION_ID, notification.id().getBytes(StandardCharsets.UTF_8))
        .add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
    try {
      Future<RecordMetadata> acknowledgement = producer.send(record);
      acknowledgement.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw DeliveryException.retryable("ocsf: no acknowledgement within " + settings.timeout(), e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (InterruptException e) {
      Thread.interrupted(); // the flag that Kafka set again is now told by the exception
      throw interrupted(e);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** Most faults of a cluster are mended while it is asked again; these are of the message. */
  private static DeliveryException failure(Throwable cause) {
    String message = "ocsf: topic refused it: " + cause.getClass().getSimpleName();
    boolean isOfTheMessage =
        cause instanceof RecordTooLargeException
            || cause instanceof RecordBatchTooLargeException
            || cause instanceof InvalidTopicException;
    return isOfTheMessage
        ? DeliveryException.permanent(message)
        : DeliveryException.retryable(message, cause);
  }

  private static InterruptedException interrupted(InterruptException cause) {
    InterruptedException interrupted = new InterruptedException("while writing a finding");
    interrupted.initCause(cause);
    return interrupted;
  }
}
