package io.inferwarden.app.names;

/** The names of the state stores; their changelog topics are named after them. */
public final class Stores {
  /** Event ids of the dedup window. */
  public static final String EVENT_IDS = "event-ids";

  /** How far a partition has come in event time. */
  public static final String PARTITION_CLOCK = "partition-clock";

  /** What is sampled of each model version that is being learned. */
  public static final String LEARNING_PANES = "learning-panes";

  /** How many events of each principal are in the learning sample. */
  public static final String LEARNING_PRINCIPALS = "learning-principals";

  /** Events that wait for the baseline of their model version. */
  public static final String WAITING_EVENTS = "waiting-events";

  /** The baselines that a partition uses. */
  public static final String BASELINES_IN_USE = "baselines-in-use";

  /** The evidence of each principal and model. */
  public static final String PRINCIPALS = "principals";

  /** How often the names came that have no place among the principals. */
  public static final String NAME_FREQUENCIES = "name-frequencies";

  /** How many new names each model has seen, hour by hour. */
  public static final String NEW_NAMES = "new-names";

  /** The models of whose principals so many are accused that the cause must be the model's. */
  public static final String COMMON_CAUSES = "common-causes";

  /** Bin counts of the panes that are not over. */
  public static final String OPEN_PANES = "open-panes";

  /** The learning sample of each model version. */
  public static final String LEARNING_SAMPLES = "learning-samples-kept";

  /** Until when each model version is learned from, and which ones are done. */
  public static final String LEARNING_UNTIL = "learning-until";

  /** How far each partition of the events has come, as the learner has heard. */
  public static final String LEARNING_PROGRESS = "learning-progress";

  /** The evidence of each model. */
  public static final String MODELS = "models";

  /** How far each partition of the events has come, as the judge of models has heard. */
  public static final String PANE_PROGRESS = "pane-progress";

  /** How far each judge of models has come, as the fleet stage has heard. */
  public static final String FLEET_PROGRESS = "fleet-progress";

  /** What the judges told of panes that some of them have not judged. */
  public static final String FLEET_PANES = "fleet-panes";

  /** The evidence of each cause over all models, and the models that it has moved. */
  public static final String FLEET_CAUSES = "fleet-causes";

  /** How far each partition of the events has come, as the cohort stage has heard. */
  public static final String COHORT_PROGRESS = "cohort-progress";

  /** Reports that wait until all partitions have come as far. */
  public static final String COHORT_PENDING = "cohort-pending";

  /** The evidence of each network that a model's accounts ask from. */
  public static final String NETWORKS = "networks";

  /** The accused accounts of each model, by campaign. */
  public static final String CAMPAIGNS = "campaigns";

  /** What the new accounts of each model have taken up. */
  public static final String BURSTS = "bursts";

  /** The incident of each subject and kind. */
  public static final String INCIDENTS = "incidents";

  /** What each sink was told of each incident. */
  public static final String ROUTED_INCIDENTS = "routed-incidents";

  /** The incidents that are open, on every instance. */
  public static final String OPEN_INCIDENTS = "open-incidents";

  /** Who asked for silence, on every instance. */
  public static final String SILENCES = "silences";

  /** Releases that were declared, in every instance. */
  public static final String DECLARED_RELEASES = "declared-releases";

  /** All baselines, on every instance. */
  public static final String BASELINES = "baselines";

  /** The policy, on every instance. */
  public static final String POLICIES = "policies";

  private Stores() {}
}
