package io.inferwarden.app.cluster;

import io.inferwarden.alerting.book.DeliveryBook;
import io.inferwarden.alerting.delivery.DeadLetter;
import io.inferwarden.alerting.delivery.Redelivery;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentActionJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.api.ActionWriter;
import io.inferwarden.app.api.Redeliverer;
import io.inferwarden.app.api.SilenceWriter;
import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts what people ask for into the topics of alerts. */
final class AlertWriter implements ActionWriter, SilenceWriter, Redeliverer, AutoCloseable {
  private static final int MOST_BLOCKED_MILLIS = 10_000;

  private final Map<String, Object> connection;
  private final KafkaProducer<byte[], byte[]> producer;
  private final DeliveryBook deliveries;
  private final InstantSource clock;

  /**
   * @param deliveries says what a sink knows by now, so that it is not told what is overtaken
   */
  AlertWriter(Map<String, Object> connection, DeliveryBook deliveries, InstantSource clock) {
    this.deliveries = deliveries;
    this.connection = Map.copyOf(connection);
    this.clock = clock;
    Map<String, Object> producing = new HashMap<>(connection);
    producing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_BLOCKED_MILLIS);
    producing.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, MOST_BLOCKED_MILLIS);
    producing.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, MOST_BLOCKED_MILLIS + 5_000);
    this.producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void write(String subject, IncidentAction action)
      throws IOException, InterruptedException {
    put(Topics.INCIDENT_ACTIONS, subject, IncidentActionJson.toJson(action));
  }

  @Override
  public void write(Silence silence) throws IOException, InterruptedException {
    put(Topics.SILENCES, silence.id(), SilenceJson.toJson(silence));
  }

  @Override
  public long redeliver(String sink, long sinceMillis) throws IOException, InterruptedException {
    Map<String, Object> reading = new HashMap<>(connection);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<DeadLetter.Undelivered> missed;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      missed = Redelivery.missedBy(sink, consumer, Topics.DEAD_LETTER_NOTIFICATIONS, sinceMillis);
    }
    List<Notification> again =
        missed.stream()
            .filter(letter -> isMissing(letter.notification()))
            .map(letter -> Redelivery.of(letter, clock.millis()))
            .toList();
    Redelivery.send(again, producer, Topics.NOTIFICATIONS);
    return again.size();
  }

  /** Whether the sink knows neither that revision nor a later one of the incident. */
  private boolean isMissing(Notification missed) {
    return deliveries.ofIncident(missed.incident().id()).stream()
        .noneMatch(
            entry ->
                entry.sink().equals(missed.sink())
                    && entry.outcome() == Outcome.DELIVERED
                    && entry.revision() >= missed.incident().revision());
  }

  private void put(String topic, String key, byte[] value)
      throws IOException, InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw new IOException(KafkaFailure.message("could not write to " + topic, e), e);
    } catch (KafkaException e) {
      throw new IOException("could not write to " + topic + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
