package io.inferwarden.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.embedded.EmbeddedBroker;
import io.inferwarden.app.names.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class EventsTopicIT {
  private static final int PARTITIONS = 3;
  private static final int EVENTS = 300;

  @Test
  void aGroupBeginsAtAnOffsetOfTheEventsAndAtTheEndOfAllElse() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EventsTopic topic = new EventsTopic(broker.bootstrapServers());
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      topic.create(PARTITIONS);
      topic.write(traffic());
      Map<TopicPartition, Long> learned = topic.ends();
      topic.write(traffic());

      topic.startAt("group", learned);

      Map<TopicPartition, Long> expected = new HashMap<>(topic.ends());
      expected.putAll(learned);
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets("group")
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
      assertThat(offsets).isEqualTo(expected);
      assertThat(ofEvents(learned)).isEqualTo(EVENTS);
      assertThat(ofEvents(topic.ends())).isEqualTo(2 * EVENTS);
    }
  }

  private static Traffic traffic() {
    return new Traffic(
        Traffic.Settings.of(2, 50, 1_772_323_200_000L, Duration.ofHours(1), EVENTS), 11);
  }

  private static long ofEvents(Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .filter(each -> each.getKey().topic().equals(Topics.INFERENCE_EVENTS))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
