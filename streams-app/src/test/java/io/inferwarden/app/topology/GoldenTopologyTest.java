package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * The shape of the data flow and the names of its parts. Stores and topics are public API: a
 * changed name loses the state of every deployment.
 */
class GoldenTopologyTest {
  private static final String GOLDEN = "detection-topology.txt";
  private static final int PARTITIONS = 4;
  private static final Pattern STORES = Pattern.compile("\\(stores: \\[([^]]*)]\\)");

  private static Topology topology() {
    return DetectionTopology.build(
        SettingsOf.policy(Policy.defaults(), PARTITIONS, true),
        AlertRouting.none(),
        new AppMetrics(new CollectorRegistry()));
  }

  @Test
  void isTheTopologyThatWasAgreedOn() throws IOException {
    String described = withSortedStores(topology().describe().toString().strip());

    assertThat(described)
        .as(
            "the topology changed. When that is meant, and every renamed store or topic has a"
                + " migration, replace src/test/resources/%s/%s by:%n%s%n",
            getClass().getPackageName().replace('.', '/'), GOLDEN, described)
        .isEqualTo(golden().strip());
  }

  /** Streams lists the stores of a node in no particular order. */
  private static String withSortedStores(String description) {
    return STORES
        .matcher(description)
        .replaceAll(
            stores -> {
              String[] names = stores.group(1).split(", ", -1);
              Arrays.sort(names);
              return "(stores: [" + String.join(", ", names) + "])";
            });
  }

  private static String golden() throws IOException {
    try (InputStream file = GoldenTopologyTest.class.getResourceAsStream(GOLDEN)) {
      assertThat(file).as("the committed file %s", GOLDEN).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyNodeStoreAndTopicHasANameThatSomeoneChose() throws ReflectiveOperationException {
    Set<String> chosen = new TreeSet<>();
    chosen.addAll(constantsOf(Nodes.class));
    chosen.addAll(constantsOf(Stores.class));
    chosen.addAll(constantsOf(Topics.class));

    TopologyDescription description = topology().describe();

    assertThat(namesIn(description)).isNotEmpty().isSubsetOf(chosen);
    assertThat(description.toString()).doesNotContain("KSTREAM-").doesNotContain("KTABLE-");
  }

  @Test
  void everyNodeAndStoreThatHasANameIsInTheTopology() throws ReflectiveOperationException {
    List<String> names = namesIn(topology().describe());

    assertThat(names).containsAll(constantsOf(Nodes.class)).containsAll(constantsOf(Stores.class));
  }

  @Test
  void everyTopicThatIsReadOrWrittenIsOneThatAClusterGets() {
    Set<String> made = new TreeSet<>();
    for (NewTopic topic : Topics.all(PARTITIONS, (short) 1)) {
      made.add(topic.name());
    }

    assertThat(topicsIn(topology().describe())).isNotEmpty().isSubsetOf(made);
  }

  /** Principals are keyed by partition, so every topic that is numbered like the events must be. */
  @Test
  void topicsThatFollowTheEventsHaveAsManyPartitions() {
    assertThat(Topics.all(PARTITIONS, (short) 1))
        .filteredOn(
            topic ->
                Set.of(Topics.INFERENCE_EVENTS, Topics.LEARNING_SAMPLES, Topics.PANE_SUMMARIES)
                    .contains(topic.name()))
        .hasSize(3)
        .allSatisfy(topic -> assertThat(topic.numPartitions()).isEqualTo(PARTITIONS));
  }

  private static List<String> constantsOf(Class<?> names) throws ReflectiveOperationException {
    List<String> constants = new ArrayList<>();
    for (Field field : names.getDeclaredFields()) {
      boolean name = field.getType() == String.class;
      if (name && !field.isSynthetic() && !Modifier.isPrivate(field.getModifiers())) {
        constants.add((String) field.get(null));
      }
    }
    return constants;
  }

  private static List<String> namesIn(TopologyDescription description) {
    List<String> names = new ArrayList<>(topicsIn(description));
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      part.nodes().forEach(node -> addNames(node, names));
    }
    for (TopologyDescription.GlobalStore global : description.globalStores()) {
      addNames(global.source(), names);
      addNames(global.processor(), names);
    }
    return names;
  }

  private static void addNames(TopologyDescription.Node node, List<String> names) {
    names.add(node.name());
    if (node instanceof TopologyDescription.Processor processor) {
      names.addAll(processor.stores());
    }
  }

  private static Set<String> topicsIn(TopologyDescription description) {
    Set<String> topics = new TreeSet<>();
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        if (node instanceof TopologyDescription.Source source) {
          topics.addAll(source.topicSet());
        } else if (node instanceof TopologyDescription.Sink sink) {
          topics.add(sink.topic());
        }
      }
    }
    for (TopologyDescription.GlobalStore global : description.globalStores()) {
      topics.addAll(global.source().topicSet());
    }
    return topics;
  }
}
