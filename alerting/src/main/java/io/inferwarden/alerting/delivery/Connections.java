package io.inferwarden.alerting.delivery;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** A reader and a writer that live and end together. */
record Connections(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer)
    implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  static Connections open(DeliveryClients clients, String sink) {
    Producer<byte[], byte[]> producer = clients.newProducer(sink);
    try {
      return new Connections(clients.newConsumer(sink), producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      producer.close(CLOSE_TIMEOUT);
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }
}
