package io.inferwarden.k8s.rules;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events, and what is none, to a platform; what matters is what the platform says of it. */
final class EventSender implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final KafkaProducer<byte[], byte[]> producer;
  private final URI collector;

  EventSender(String kafka, int collectorPort) {
    collector = URI.create("http://127.0.0.1:" + collectorPort + "/v1/events");
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ProducerConfig.LINGER_MS_CONFIG, 20,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** An event of the present. */
  static String event(String model) {
    return "{\"time\":\""
        + Clock.systemUTC().instant()
        + "\",\"model\":\""
        + model
        + "\",\"principal\":\"alice\",\"output\":{\"label\":\"ok\"}}";
  }

  /** Writes one record to a topic. */
  void send(String topic, byte[] record) {
    var unused = producer.send(new ProducerRecord<>(topic, record));
  }

  /** Posts an event of the present to the collector. */
  void post(String model) throws IOException, InterruptedException {
    post(HttpRequest.newBuilder(collector), event(model));
  }

  /** Posts an event to the collector as the owner of a key. */
  void post(String event, String key) throws IOException, InterruptedException {
    post(HttpRequest.newBuilder(collector).header("X-Api-Key", key), event);
  }

  private void post(HttpRequest.Builder request, String event)
      throws IOException, InterruptedException {
    client.send(
        request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
