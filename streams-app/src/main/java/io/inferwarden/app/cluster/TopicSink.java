package io.inferwarden.app.cluster;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.siem.OcsfKafkaSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A sink that writes to a topic, with a producer of its own. */
final class TopicSink implements IncidentSink {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final OcsfKafkaSink sink;
  private final Producer<byte[], byte[]> producer;

  private TopicSink(OcsfKafkaSink sink, Producer<byte[], byte[]> producer) {
    this.sink = sink;
    this.producer = producer;
  }

  static TopicSink open(OcsfKafkaSink.Settings settings, Map<String, Object> connection) {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "inferwarden-sink-" + settings.name());
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    return new TopicSink(new OcsfKafkaSink(settings, producer), producer);
  }

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    sink.deliver(notification);
  }

  @Override
  public boolean isEnabled() {
    return sink.isEnabled();
  }

  @Override
  public void close() {
    sink.close();
    producer.close(CLOSE_TIMEOUT);
  }
}
