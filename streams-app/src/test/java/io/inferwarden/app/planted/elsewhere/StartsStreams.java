package io.inferwarden.app.planted.elsewhere;

import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Planted: a second place that has a lifecycle. */
final class StartsStreams {
  private StartsStreams() {}

  static KafkaStreams start() {
    return new KafkaStreams(new Topology(), new StreamsConfig(Map.of()));
  }
}
