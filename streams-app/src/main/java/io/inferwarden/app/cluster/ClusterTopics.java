package io.inferwarden.app.cluster;

import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.IntakeConfig;
import io.inferwarden.app.policy.PrivacyConfig;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing, and refuses those that cannot work. */
public final class ClusterTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int LONGEST_REQUEST_MILLIS = 5_000;

  /** Topics that share their partitions with the inference events. */
  private static final Set<String> BY_PARTITION =
      Set.of(
          Topics.INFERENCE_EVENTS,
          Topics.LEARNING_SAMPLES,
          Topics.PANE_SUMMARIES,
          Topics.INFERENCE_AUDIT);

  private static final Set<String> IN_ONE_PLACE =
      Set.of(
          Topics.MODEL_FINDINGS,
          Topics.COHORT_REPORTS,
          Topics.INCIDENT_BOOK,
          Topics.DELIVERIES,
          Topics.SILENCES,
          Topics.DEPLOYMENTS);

  private ClusterTopics() {}

  /**
   * Prepares a cluster.
   *
   * @return the number of partitions of the inference events, which an existing topic decides
   * @throws IOException when the cluster cannot be reached, or has topics that do not fit each
   *     other
   */
  public static int prepare(RunConfig config) throws IOException, InterruptedException {
    return prepare(config, PATIENCE);
  }

  /**
   * As {@link #prepare(RunConfig)}, for one who tries again.
   *
   * @param patience how long an answer is waited for, at least a second
   */
  public static int prepare(RunConfig config, Duration patience)
      throws IOException, InterruptedException {
    int patienceMillis = Math.toIntExact(patience.toMillis());
    Map<String, Object> connection = Deployment.connection(config);
    connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMillis);
    connection.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.min(patienceMillis, LONGEST_REQUEST_MILLIS));
    short replication = (short) config.kafka().replication();
    try (Admin admin = Admin.create(connection)) {
      Set<String> existing =
          admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      int eventPartitions =
          existing.contains(Topics.INFERENCE_EVENTS)
              ? partitionsByTopic(admin, List.of(Topics.INFERENCE_EVENTS), patience)
                  .getOrDefault(Topics.INFERENCE_EVENTS, 0)
              : config.kafka().partitions();
      List<NewTopic> wanted = new ArrayList<>(Topics.all(eventPartitions, replication));
      if (config.intake().takesEvents()) {
        wanted.addAll(ofIntake(config.intake(), eventPartitions, replication));
      }
      List<NewTopic> missing = new ArrayList<>(wanted);
      missing.removeIf(topic -> existing.contains(topic.name()));
      create(admin, missing);
      requirePartitions(
          partitionsByTopic(admin, wanted.stream().map(NewTopic::name).toList(), patience),
          eventPartitions);
      return eventPartitions;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
          ? noAnswer(connection, patience, e)
          : new IOException(KafkaFailure.message("Kafka refused", e), e);
    } catch (TimeoutException e) {
      throw noAnswer(connection, patience, e);
    }
  }

  private static IOException noAnswer(
      Map<String, Object> connection, Duration patience, Exception cause) {
    return new IOException(
        "no answer from Kafka at "
            + connection.get("bootstrap.servers")
            + " within "
            + patience.toSeconds()
            + " s",
        cause);
  }

  private static List<NewTopic> ofIntake(
      IntakeConfig intake, int eventPartitions, short replication) {
    return Topics.ofIntake(
        eventPartitions,
        replication,
        intake.audit().retention(),
        intake.privacy().keepText().map(PrivacyConfig.KeepText::retention));
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

  /** Throws where topics cannot work together; {@code partitionsByTopic} may lack some. */
  static void requirePartitions(Map<String, Integer> partitionsByTopic, int eventPartitions)
      throws IOException {
    for (var topic : partitionsByTopic.entrySet()) {
      int partitions = topic.getValue();
      if (BY_PARTITION.contains(topic.getKey()) && partitions != eventPartitions) {
        throw new IOException(
            "topic "
                + topic.getKey()
                + " must have as many partitions as "
                + Topics.INFERENCE_EVENTS
                + ", which has "
                + eventPartitions
                + "; it has "
                + partitions);
      }
      if (IN_ONE_PLACE.contains(topic.getKey()) && partitions != 1) {
        throw new IOException(
            "topic "
                + topic.getKey()
                + " must have one partition, since all of it is seen in one place; it has "
                + partitions);
      }
    }
    int findings = partitionsByTopic.getOrDefault(Topics.FINDINGS, 1);
    int actions = partitionsByTopic.getOrDefault(Topics.INCIDENT_ACTIONS, 1);
    if (findings != actions) { // clusters of earlier releases have several of both
      throw new IOException(
          "topics "
              + Topics.FINDINGS
              + " and "
              + Topics.INCIDENT_ACTIONS
              + " must have the same number of partitions; they have "
              + findings
              + " and "
              + actions);
    }
  }

  /**
   * How many partitions each topic has. A broker hears of a new topic a moment after the controller
   * has made it, so a topic that the broker does not know yet is asked for again: Kafka Streams
   * would stop at one that it cannot find.
   */
  static Map<String, Integer> partitionsByTopic(Admin admin, List<String> topics, Duration patience)
      throws ExecutionException, InterruptedException, TimeoutException {
    long leftMillis = patience.toMillis();
    while (true) {
      try {
        Map<String, Integer> partitions = new TreeMap<>();
        admin
            .describeTopics(topics)
            .allTopicNames()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .forEach((name, described) -> partitions.put(name, described.partitions().size()));
        return partitions;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || leftMillis <= 0) {
          throw e;
        }
      }
      leftMillis -= BETWEEN_LOOKS.toMillis();
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }
}
