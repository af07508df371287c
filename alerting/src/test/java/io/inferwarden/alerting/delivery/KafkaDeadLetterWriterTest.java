package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaDeadLetterWriterTest {
  private static final Incident INCIDENT = Examples.incident("principal:k9", 1);
  private static final DeadLetter LETTER =
      new DeadLetter.Undelivered("siem", "HTTP 500", 4, INCIDENT);

  @Test
  void writesTheDeadLetterUnderTheIncidentsId() throws Exception {
    MockProducer<byte[], byte[]> producer = producer();

    new KafkaDeadLetterWriter(producer, KafkaDeadLetterWriter.TOPIC).write(LETTER);

    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("dead-letter-notifications");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(INCIDENT.id());
    assertThat(record.value()).isEqualTo(LETTER.toJson());
  }

  @Test
  void saysWhenItIsNotSafe() {
    MockProducer<byte[], byte[]> producer = producer();
    producer.sendException = new TimeoutException("no metadata");

    assertThatThrownBy(() -> new KafkaDeadLetterWriter(producer, "t").write(LETTER))
        .isInstanceOf(IOException.class)
        .hasMessage("could not send to t");
  }

  @Test
  void passesAnInterruptOn() {
    MockProducer<byte[], byte[]> producer = producer();
    producer.sendException = new InterruptException("while sending");

    assertThatThrownBy(() -> new KafkaDeadLetterWriter(producer, "t").write(LETTER))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
