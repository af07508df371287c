package io.inferwarden.app.names;

/** The names of the boxes of the topology. */
public final class Nodes {
  public static final String INFERENCE_EVENTS = "inference-events-source";
  public static final String WATCH_EVENTS = "watch-events";
  public static final String LEARNING_SAMPLES_SOURCE = "learning-samples-source";
  public static final String LEARN_BASELINES = "learn-baselines";
  public static final String PANE_SUMMARIES_SOURCE = "pane-summaries-source";
  public static final String JUDGE_MODELS = "judge-models";
  public static final String MODEL_FINDINGS_SOURCE = "model-findings-source";
  public static final String FOLD_COMMON_CAUSES = "fold-common-causes";
  public static final String COHORT_REPORTS_SOURCE = "cohort-reports-source";
  public static final String JUDGE_COHORTS = "judge-cohorts";
  public static final String FINDINGS_SOURCE = "findings-source";
  public static final String INCIDENT_ACTIONS_SOURCE = "incident-actions-source";
  public static final String TRACK_INCIDENTS = "track-incidents";
  public static final String ROUTE_INCIDENTS = "route-incidents";
  public static final String BASELINES_SOURCE = "baselines-source";
  public static final String KEEP_BASELINES = "keep-baselines";
  public static final String POLICIES_SOURCE = "policies-source";
  public static final String KEEP_POLICIES = "keep-policies";
  public static final String OPEN_INCIDENTS_SOURCE = "open-incidents-source";
  public static final String KEEP_OPEN_INCIDENTS = "keep-open-incidents";
  public static final String SILENCES_SOURCE = "silences-source";
  public static final String KEEP_SILENCES = "keep-silences";
  public static final String DEPLOYMENTS_SOURCE = "deployments-source";
  public static final String KEEP_DECLARED_RELEASES = "keep-declared-releases";

  /** Where events go that are none. */
  public static final String DEAD_LETTERS = "dead-letter-events-sink";

  /** Where the learning sample goes. */
  public static final String LEARNING_SAMPLES = "learning-samples-sink";

  public static final String PANE_SUMMARIES = "pane-summaries-sink";
  public static final String COHORT_REPORTS = "cohort-reports-sink";
  public static final String FLOOD_FINDINGS = "flood-findings-sink";
  public static final String COHORT_FINDINGS = "cohort-findings-sink";
  public static final String LEARNING_FINDINGS = "learning-findings-sink";
  public static final String MODEL_FINDINGS = "model-findings-sink";
  public static final String FLEET_FINDINGS = "fleet-findings-sink";
  public static final String BASELINES = "baselines-sink";
  public static final String MOMENTS = "moments-sink";
  public static final String INCIDENTS = "incidents-sink";
  public static final String INCIDENT_BOOK = "incident-book-sink";
  public static final String NOTIFICATIONS = "notifications-sink";
  public static final String DELIVERIES = "deliveries-sink";

  private Nodes() {}
}
