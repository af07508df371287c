package io.inferwarden.alerting.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes dead letters to a topic and waits for the acknowledgement. The producer, which should use
 * {@code acks=all}, stays the caller's to close.
 */
public final class KafkaDeadLetterWriter implements DeadLetterWriter {
  /** The topic that the platform uses. */
  public static final String TOPIC = "dead-letter-notifications";

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  public KafkaDeadLetterWriter(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  @Override
  public void write(DeadLetter deadLetter) throws IOException, InterruptedException {
    byte[] key = deadLetter.key().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, key, deadLetter.toJson())).get();
    } catch (ExecutionException e) {
      throw new IOException("no acknowledgement from " + topic, e.getCause());
    } catch (InterruptException e) {
      Thread.interrupted(); // the flag that Kafka set again is now told by the exception
      throw interrupted(e);
    } catch (KafkaException e) {
      throw new IOException("could not send to " + topic, e);
    }
  }

  private static InterruptedException interrupted(InterruptException cause) {
    InterruptedException interrupted = new InterruptedException("while writing a dead letter");
    interrupted.initCause(cause);
    return interrupted;
  }
}
