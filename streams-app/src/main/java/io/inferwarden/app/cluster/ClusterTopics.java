package io.inferwarden.app.cluster;

import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing, and refuses those that cannot work. */
final class ClusterTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Topics that share their partitions with the inference events. */
  private static final Set<String> BY_PARTITION =
      Set.of(
          Topics.INFERENCE_EVENTS,
          Topics.LEARNING_SAMPLES,
          Topics.PANE_SUMMARIES,
          Topics.FINDINGS,
          Topics.INCIDENT_ACTIONS);

  private static final Set<String> IN_ONE_PLACE =
      Set.of(
          Topics.MODEL_FINDINGS,
          Topics.COHORT_REPORTS,
          Topics.INCIDENT_BOOK,
          Topics.DELIVERIES,
          Topics.SILENCES);

  private ClusterTopics() {}

  /**
   * Prepares a cluster.
   *
   * @return the number of partitions of the inference events, which an existing topic decides
   * @throws IOException when the cluster cannot be reached, or has topics that do not fit each
   *     other
   */
  static int prepare(Map<String, Object> connection, int partitions, short replication)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(connection)) {
      Set<String> existing =
          admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      int eventPartitions =
          existing.contains(Topics.INFERENCE_EVENTS)
              ? partitionsOf(admin, Topics.INFERENCE_EVENTS)
              : partitions;
      List<NewTopic> missing = new ArrayList<>(Topics.all(eventPartitions, replication));
      missing.removeIf(topic -> existing.contains(topic.name()));
      create(admin, missing);
      requireSamePartitions(admin, eventPartitions);
      return eventPartitions;
    } catch (ExecutionException e) {
      throw new IOException(KafkaFailure.message("Kafka refused", e), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "no answer from Kafka at "
              + connection.get("bootstrap.servers")
              + " within "
              + PATIENCE.toSeconds()
              + " s",
          e);
    }
  }

  private static void create(Admin admin, List<NewTopic> missing)
      throws ExecutionException, InterruptedException, TimeoutException {
    for (var created : new HashMap<>(admin.createTopics(missing).values()).values()) {
      try {
        created.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) { // another instance was faster
          throw e;
        }
      }
    }
  }

  private static void requireSamePartitions(Admin admin, int eventPartitions)
      throws ExecutionException, InterruptedException, TimeoutException, IOException {
    for (String topic : BY_PARTITION) {
      int partitions = partitionsOf(admin, topic);
      if (partitions != eventPartitions) {
        throw new IOException(
            "topic "
                + topic
                + " must have as many partitions as "
                + Topics.INFERENCE_EVENTS
                + ", which has "
                + eventPartitions
                + "; it has "
                + partitions);
      }
    }
    for (String topic : IN_ONE_PLACE) {
      int partitions = partitionsOf(admin, topic);
      if (partitions != 1) {
        throw new IOException(
            "topic "
                + topic
                + " must have one partition, since all of it is seen in one place; it has "
                + partitions);
      }
    }
  }

  private static int partitionsOf(Admin admin, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    Collection<TopicDescription> described =
        admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .values();
    return described.iterator().next().partitions().size();
  }
}
