package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OcsfKafkaSinkTest {
  private static final Notification NOTIFICATION = Samples.drift();

  @Test
  void writesTheFindingUnderTheIncidentsId() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);

    sink(producer, 1_000).deliver(NOTIFICATION);

    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    JsonNode finding = Json.parse(record.value());
    assertThat(record.topic()).isEqualTo("ocsf");
    assertThat(text(record.key())).isEqualTo(NOTIFICATION.incident().id());
    assertThat(finding.at("/finding_info/uid").asText()).isEqualTo(NOTIFICATION.incident().id());
    assertThat(text(record.headers().lastHeader("notification-id").value()))
        .isEqualTo(NOTIFICATION.id());
  }

  @Test
  void withoutAnAcknowledgementItIsNotDelivered() {
    DeliveryException failure = failure(producer(false), 20);

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessage("ocsf: no acknowledgement within PT0.02S");
  }

  @Test
  void aClusterThatIsAwayOrClosedToItMayBeAskedAgain() {
    MockProducer<byte[], byte[]> away = producer(true);
    away.sendException = new TimeoutException("no metadata");
    MockProducer<byte[], byte[]> closed = producer(true);
    closed.sendException = new TopicAuthorizationException("ocsf");

    assertThat(failure(away, 1_000).isRetryable()).isTrue();
    assertThat(failure(closed, 1_000).isRetryable()).isTrue();
  }

  @Test
  void aMessageThatTheTopicNeverTakesIsFinal() {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new RecordTooLargeException("too large");

    assertThat(failure(producer, 1_000).isRetryable()).isFalse();
  }

  @Test
  void passesAnInterruptOn() {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new InterruptException("while sending");

    assertThatThrownBy(() -> sink(producer, 1_000).deliver(NOTIFICATION))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void refusesATopicThatKafkaWould() {
    assertThatThrownBy(() -> new OcsfKafkaSink.Settings("a", "a b", Duration.ofSeconds(1)))
        .hasMessageContaining("topic must match");
    assertThatThrownBy(() -> new OcsfKafkaSink.Settings("a", "b", Duration.ZERO))
        .hasMessage("timeout must be >= 1 ms, was PT0S");
  }

  private static DeliveryException failure(MockProducer<byte[], byte[]> producer, long millis) {
    return catchThrowableOfType(
        DeliveryException.class, () -> sink(producer, millis).deliver(NOTIFICATION));
  }

  private static OcsfKafkaSink sink(MockProducer<byte[], byte[]> producer, long timeoutMillis) {
    return new OcsfKafkaSink(
        new OcsfKafkaSink.Settings("kafka", "ocsf", Duration.ofMillis(timeoutMillis)), producer);
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
    return new MockProducer<>(
        acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
