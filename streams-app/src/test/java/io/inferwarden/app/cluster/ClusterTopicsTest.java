package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class ClusterTopicsTest {
  private static final int EVENT_PARTITIONS = 4;

  @Test
  void takesTheTopicsThatItMakes() {
    Map<String, Integer> made =
        Topics.all(EVENT_PARTITIONS, (short) 1).stream()
            .collect(Collectors.toMap(NewTopic::name, NewTopic::numPartitions));

    assertThatCode(() -> ClusterTopics.requirePartitions(made, EVENT_PARTITIONS))
        .doesNotThrowAnyException();
  }

  @Test
  void takesFindingsAndActionsOfAnEarlierRelease() {
    assertThatCode(() -> require(Map.of(Topics.FINDINGS, 4, Topics.INCIDENT_ACTIONS, 4)))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesFindingsThatAreNotPartitionedAsTheActionsOnThem() {
    assertThatThrownBy(() -> require(Map.of(Topics.FINDINGS, 1, Topics.INCIDENT_ACTIONS, 4)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "topics findings and incident-actions must have the same number of partitions;"
                + " they have 1 and 4");
  }

  @Test
  void refusesSamplesThatAreNotPartitionedAsTheEvents() {
    assertThatThrownBy(() -> require(Map.of(Topics.LEARNING_SAMPLES, 3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("learning-samples must have as many partitions as inference-events")
        .hasMessageContaining("4; it has 3");
  }

  @Test
  void refusesSeveralPartitionsWhereAllIsSeenInOnePlace() {
    assertThatThrownBy(() -> require(Map.of(Topics.INCIDENT_BOOK, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("incident-book must have one partition")
        .hasMessageContaining("it has 2");
  }

  private static void require(Map<String, Integer> partitionsByTopic) throws IOException {
    ClusterTopics.requirePartitions(partitionsByTopic, EVENT_PARTITIONS);
  }
}
