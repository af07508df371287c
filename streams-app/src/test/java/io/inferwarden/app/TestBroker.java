package io.inferwarden.app;

import java.util.Map;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker in this JVM, on a free port. */
final class TestBroker implements AutoCloseable {
  static final int PARTITIONS = 3;

  private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS);

  TestBroker() {
    broker.brokerProperties(
        Map.of(
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "group.initial.rebalance.delay.ms", "200"));
    broker.afterPropertiesSet();
  }

  String bootstrapServers() {
    return broker.getBrokersAsString();
  }

  @Override
  public void close() {
    broker.destroy();
  }
}
