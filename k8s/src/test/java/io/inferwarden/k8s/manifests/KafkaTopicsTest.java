package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
  private static final Duration AUDIT = Duration.ofDays(400);
  private static final Optional<Duration> TEXTS = Optional.of(Duration.ofDays(7));

  private record Topic(String name, int partitions, int replicas, Map<String, String> config) {
    static Topic of(NewTopic topic, int leastInSync) {
      Map<String, String> config = new TreeMap<>(topic.configs());
      config.put("min.insync.replicas", String.valueOf(leastInSync));
      return new Topic(
          topic.name(), topic.numPartitions(), topic.replicationFactor(), Map.copyOf(config));
    }

    static Topic of(JsonNode object) {
      Map<String, String> config = new TreeMap<>();
      object
          .at("/spec/config")
          .properties()
          .forEach(each -> config.put(each.getKey(), each.getValue().asText()));
      return new Topic(
          Rendered.name(object),
          object.at("/spec/partitions").asInt(),
          object.at("/spec/replicas").asInt(),
          Map.copyOf(config));
    }
  }

  private static List<Topic> wanted(RunConfig config, int leastInSync) {
    int partitions = config.kafka().partitions();
    short replicas = (short) config.kafka().replication();
    List<NewTopic> topics = new ArrayList<>(Topics.all(partitions, replicas));
    topics.addAll(Topics.ofIntake(partitions, replicas, AUDIT, TEXTS));
    return topics.stream().map(topic -> Topic.of(topic, leastInSync)).toList();
  }

  private static List<Topic> declared(Rendered rendered) {
    return rendered.ofKind("KafkaTopic").stream().map(Topic::of).toList();
  }

  @Test
  void productionDeclaresEveryTopicAsThePlatformWouldMakeIt() throws IOException {
    RunConfig config = Configurations.platform(Rendered.production());

    assertThat(declared(Rendered.production()))
        .containsExactlyInAnyOrderElementsOf(wanted(config, 2));
    assertThat(config.kafka().replication()).isEqualTo(3);
    assertThat(Configurations.collector(Rendered.production()).intake().audit().retention())
        .isEqualTo(AUDIT);
  }

  @Test
  void devDeclaresEveryTopicAsThePlatformWouldMakeIt() throws IOException {
    RunConfig config = Configurations.platform(Rendered.dev());

    assertThat(declared(Rendered.dev())).containsExactlyInAnyOrderElementsOf(wanted(config, 1));
  }

  @Test
  void everyTopicBelongsToTheCluster() {
    assertThat(Rendered.production().ofKind("KafkaTopic"))
        .allMatch(
            topic ->
                topic
                    .at("/metadata/labels")
                    .path("strimzi.io/cluster")
                    .asText()
                    .equals("inferwarden-kafka"));
  }
}
