package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

@EmbeddedKafka
class ClusterTopicsIT {
  private static final String TOPIC = "late";
  private static final int PARTITIONS = 3;

  private final String bootstrapServers;

  ClusterTopicsIT(EmbeddedKafkaBroker broker) {
    bootstrapServers = broker.getBrokersAsString();
  }

  /** A topic that the broker knows only when it is asked for the third time. */
  private static final class LateTopic extends ForwardingAdmin {
    private int asked;

    LateTopic(String bootstrapServers) {
      super(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public DescribeTopicsResult describeTopics(
        TopicCollection topics, DescribeTopicsOptions options) {
      asked++;
      if (asked == 3) {
        createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
            .values()
            .get(TOPIC)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
      }
      return super.describeTopics(topics, options);
    }
  }

  @Test
  void waitsForATopicThatTheBrokerDoesNotKnowYet() throws Exception {
    try (LateTopic admin = new LateTopic(bootstrapServers)) {
      assertThat(ClusterTopics.partitionsByTopic(admin, List.of(TOPIC), Duration.ofMinutes(2)))
          .isEqualTo(Map.of(TOPIC, PARTITIONS));
      assertThat(admin.asked).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void givesUpWhenItsPatienceIsOver() {
    try (LateTopic admin = new LateTopic(bootstrapServers)) {
      assertThatThrownBy(
              () -> ClusterTopics.partitionsByTopic(admin, List.of("absent"), Duration.ZERO))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }
}
