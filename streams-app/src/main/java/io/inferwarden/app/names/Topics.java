package io.inferwarden.app.names;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the platform: their names are public API. */
public final class Topics {
  public static final String INFERENCE_EVENTS = "inference-events";
  public static final String LEARNING_SAMPLES = "learning-samples";
  public static final String PANE_SUMMARIES = "pane-summaries";
  public static final String BASELINES = "baselines";
  public static final String POLICIES = "policies";
  public static final String MODEL_FINDINGS = "model-findings";
  public static final String COHORT_REPORTS = "cohort-reports";

  /** What was found, and between findings how far event time has come. */
  public static final String FINDINGS = "findings";

  public static final String INCIDENTS = "incidents";

  /** What operators say of incidents, and what the platform tells of itself. */
  public static final String INCIDENT_ACTIONS = "incident-actions";

  /** The latest revision of each incident. */
  public static final String INCIDENT_BOOK = "incident-book";

  /** The outbox: what is to be told to which sink. */
  public static final String NOTIFICATIONS = "notifications";

  /** The ledger: what became of each notification. */
  public static final String DELIVERIES = "deliveries";

  /** Who asked for silence, about what and until when. */
  public static final String SILENCES = "silences";

  /** What the audit keeps of each inference, in hash chains. */
  public static final String INFERENCE_AUDIT = "inference-audit";

  /** Texts of models for which the configuration keeps them. */
  public static final String INFERENCE_TEXT = "inference-text";

  /** Which version of a model was put into service, when and by whom. */
  public static final String DEPLOYMENTS = "deployments";

  /** What users say of answers: labels and verdicts. */
  public static final String FEEDBACK = "feedback";

  public static final String DEAD_LETTER_EVENTS = "dead-letter-events";
  public static final String DEAD_LETTER_NOTIFICATIONS = "dead-letter-notifications";

  /** A baseline of a model with many features and labels may pass the broker's default of 1 MiB. */
  private static final String BASELINE_BYTES = String.valueOf(8 * 1024 * 1024);

  private static final String EVENT_BYTES = String.valueOf(2 * 1024 * 1024);

  private static final String WEEK = String.valueOf(7L * 24 * 3_600_000);
  private static final String QUARTER = String.valueOf(90L * 24 * 3_600_000);

  private Topics() {}

  /**
   * What to create on a cluster that has none of them. Retention counts from the broker's own
   * clock, since replayed events may be months old and would be deleted as they arrive.
   */
  public static List<NewTopic> all(int eventPartitions, short replication) {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(withLargeEvents(kept(INFERENCE_EVENTS, eventPartitions, replication, WEEK)));
    topics.add(kept(LEARNING_SAMPLES, eventPartitions, replication, WEEK));
    topics.add(kept(PANE_SUMMARIES, eventPartitions, replication, WEEK));
    // One partition: what models have in common is seen where all of them are.
    topics.add(kept(MODEL_FINDINGS, 1, replication, WEEK));
    // One partition: what accounts have in common is seen where all of them are.
    topics.add(kept(COHORT_REPORTS, 1, replication, WEEK));
    // One partition: findings are few, and each task costs something even when it has no work.
    topics.add(kept(FINDINGS, 1, replication, QUARTER));
    topics.add(kept(INCIDENT_ACTIONS, 1, replication, WEEK));
    topics.add(kept(INCIDENTS, eventPartitions, replication, QUARTER));
    // One partition: the place in it says what a reader of the feed has seen.
    topics.add(latest(INCIDENT_BOOK, replication));
    topics.add(kept(NOTIFICATIONS, eventPartitions, replication, QUARTER));
    topics.add(latest(DELIVERIES, replication));
    topics.add(kept(DEAD_LETTER_EVENTS, 1, replication, WEEK));
    topics.add(kept(DEAD_LETTER_NOTIFICATIONS, 1, replication, QUARTER));
    topics.add(compacted(BASELINES, replication));
    topics.add(compacted(POLICIES, replication));
    topics.add(compacted(SILENCES, replication));
    topics.add(compacted(DEPLOYMENTS, replication));
    topics.add(kept(FEEDBACK, eventPartitions, replication, QUARTER));
    return topics;
  }

  /**
   * What else to create where events are taken in.
   *
   * @param auditRetention of the audit, whose partitions are those of the events
   * @param textRetention of texts that are kept; empty when none are
   */
  public static List<NewTopic> ofIntake(
      int eventPartitions,
      short replication,
      Duration auditRetention,
      Optional<Duration> textRetention) {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(kept(INFERENCE_AUDIT, eventPartitions, replication, millis(auditRetention)));
    textRetention.ifPresent(
        time ->
            topics.add(
                withLargeEvents(kept(INFERENCE_TEXT, eventPartitions, replication, millis(time)))));
    return topics;
  }

  /** Whether the platform itself writes a topic of this name. */
  public static boolean isOwn(String name) {
    List<NewTopic> topics = all(1, (short) 1);
    topics.addAll(ofIntake(1, (short) 1, Duration.ofDays(1), Optional.of(Duration.ofDays(1))));
    return topics.stream().anyMatch(topic -> topic.name().equals(name));
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }

  private static NewTopic kept(
      String name, int partitions, short replication, String retentionMillis) {
    return new NewTopic(name, partitions, replication)
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                retentionMillis,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime"));
  }

  /**
   * An event of just under the limit of the parser must fit the topic, so that the parser can judge
   * it.
   */
  private static NewTopic withLargeEvents(NewTopic topic) {
    Map<String, String> configs = new HashMap<>(topic.configs());
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, EVENT_BYTES);
    return topic.configs(configs);
  }

  /** The latest value of each key in one partition, for a quarter of a year. */
  private static NewTopic latest(String name, short replication) {
    return new NewTopic(name, 1, replication)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                QUARTER,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime"));
  }

  private static NewTopic compacted(String name, short replication) {
    return new NewTopic(name, 1, replication)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                BASELINE_BYTES,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime"));
  }
}
