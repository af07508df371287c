package io.inferwarden.app.metrics;

import io.inferwarden.detectors.budget.AlarmBudget;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import org.jspecify.annotations.Nullable;

/**
 * What the platform says of itself. Names and labels are public API; a label never holds a
 * principal, an address or a name of which there is no bound.
 *
 * <p>Conservation: {@code inferwarden_events_received_total = inferwarden_events_processed_total +
 * the sum of inferwarden_events_rejected_total}, at every commit and for as long as the process
 * lives.
 */
public final class AppMetrics {
  private static final String INCIDENTS_OPENED = "inferwarden_incidents_opened_total";
  private static final String MODEL_EVENTS = "inferwarden_model_events_total";
  private static final String PRINCIPAL_MEAN_EVIDENCE = "inferwarden_principal_mean_evidence";

  /** Records read from the topic of inference events. */
  public final Counter eventsReceived;

  /** Records that were inference events. */
  public final Counter eventsProcessed;

  /** Records that were not, by reason. */
  public final Counter eventsRejected;

  /**
   * Events that came after their pane was judged; they count for their principal, not for their
   * model.
   */
  public final Counter eventsLate;

  /** Events that waited for a baseline and had to make room for newer ones. */
  public final Counter eventsUnjudged;

  /** Learning samples that were given up because memory for them ran short. */
  public final Counter learningSamplesGivenUp;

  /** Events that wait for the baseline of their model. */
  public final Gauge eventsWaiting;

  /** Principals whose evidence is kept. */
  public final Gauge principalsTracked;

  /** Principals that got a place in the table of those whose evidence is kept. */
  public final Counter principalsAdmitted;

  /** Events of principals that had no place, since the table was full. */
  public final Counter principalsRefused;

  /** Principals that made room for others. */
  public final Counter principalsEvicted;

  /** Alarms by kind, before they are grouped into incidents. */
  public final Counter findings;

  /** Alarms about principals that the policy declares as known. */
  public final Counter findingsDeclared;

  /** Alarms about principals of a model of which too many look alike to be thieves. */
  public final Counter findingsCommonCause;

  /** Panes not judged, since principals accused within them had too large a part. */
  public final Counter panesTainted;

  private final Counter incidentsOpened;

  /** What people found incidents to be, by kind. */
  public final Counter incidentVerdicts;

  /** False incidents that the budget allows so far. */
  public final Counter budgetSpent;

  /** False incidents that the budget promises not to pass in a week, by what it is spent on. */
  public final Gauge budgetPromised;

  /** Findings about one model that became part of a common cause. */
  public final Counter findingsFolded;

  /** What is shown of each model by the task that judges it. */
  public final ModelMetrics models;

  private final Gauge principalMeanEvidence;
  private final Counter modelEvents;
  private final Counter seriesDropped;
  private final LabelBound modelsOfEvents;

  /** Kept, so that events of further models allocate nothing; there only once there was one. */
  private volatile Counter.@Nullable Child otherEvents;

  private final LabelBound modelsOfIncidents;
  private final LabelBound modelsOfPrincipals;

  /** Baselines learned or promoted that this instance uses. */
  public final Gauge baselines;

  /** Errors that were survived, by the stage that met them. */
  public final Counter errors;

  public AppMetrics(CollectorRegistry registry) {
    eventsReceived =
        counter(
            registry, "inferwarden_events_received_total", "Records read from the event topic.");
    eventsProcessed =
        counter(
            registry, "inferwarden_events_processed_total", "Records that were inference events.");
    eventsRejected =
        counter(
            registry,
            "inferwarden_events_rejected_total",
            "Records that were no inference events.",
            "reason");
    eventsLate =
        counter(
            registry,
            "inferwarden_events_late_total",
            "Events that came after their pane was judged.");
    eventsUnjudged =
        counter(
            registry,
            "inferwarden_events_unjudged_total",
            "Events that waited for a baseline and had to make room for newer ones.");
    learningSamplesGivenUp =
        counter(
            registry,
            "inferwarden_learning_samples_given_up_total",
            "Learning samples given up because memory for them ran short.");
    eventsWaiting =
        gauge(
            registry,
            "inferwarden_events_waiting",
            "Events that wait for the baseline of their model.",
            "partition");
    principalsTracked =
        gauge(
            registry,
            "inferwarden_principals_tracked",
            "Principals whose evidence is kept.",
            "partition");
    principalsAdmitted =
        counter(
            registry,
            "inferwarden_principals_admitted_total",
            "Principals that got a place among those whose evidence is kept.",
            "partition");
    principalsRefused =
        counter(
            registry,
            "inferwarden_principals_refused_events_total",
            "Events of principals without a place, since there was none left.",
            "partition");
    principalsEvicted =
        counter(
            registry,
            "inferwarden_principals_evicted_total",
            "Principals that made room for others.",
            "partition");
    findings =
        counter(registry, "inferwarden_findings_total", "Alarms, before they are grouped.", "kind");
    findingsDeclared =
        counter(
            registry,
            "inferwarden_findings_declared_total",
            "Alarms about principals that the policy declares.");
    findingsCommonCause =
        counter(
            registry,
            "inferwarden_findings_common_cause_total",
            "Alarms about principals that were held back, since too many of the model's looked alike.");
    panesTainted =
        counter(
            registry,
            "inferwarden_panes_tainted_total",
            "Panes that were not judged, since accused principals had too large a part in them.");
    incidentsOpened =
        counter(
            registry, INCIDENTS_OPENED, "Incidents opened, by kind and model.", "kind", "model");
    incidentVerdicts =
        counter(
            registry,
            "inferwarden_incident_verdicts_total",
            "What people found incidents to be: true, false or benign.",
            "kind",
            "verdict");
    budgetSpent =
        counter(
            registry,
            "inferwarden_alarm_budget_spent_total",
            "False incidents that the alarm budget has allowed so far, in expectation.",
            "stream");
    budgetPromised =
        gauge(
            registry,
            "inferwarden_alarm_budget_promised_per_week",
            "False incidents a week that the alarm budget grants.",
            "stream");
    findingsFolded =
        counter(
            registry,
            "inferwarden_findings_folded_total",
            "Alarms about one model that became part of a common cause.");
    seriesDropped =
        counter(
            registry,
            "inferwarden_metric_series_dropped_total",
            "Times that a label of a metric was shown as "
                + LabelBound.OTHER
                + ", since it has too many values.",
            "family");
    models = new ModelMetrics(seriesDropped).register(registry);
    modelEvents = counter(registry, MODEL_EVENTS, "Inference events, by model.", "model");
    modelsOfEvents = bound(MODEL_EVENTS, ModelMetrics.MOST_MODELS);
    modelsOfIncidents = bound(INCIDENTS_OPENED, ModelMetrics.MOST_MODELS);
    modelsOfPrincipals = bound(PRINCIPAL_MEAN_EVIDENCE, ModelMetrics.MOST_MODELS);
    principalMeanEvidence =
        gauge(
            registry,
            PRINCIPAL_MEAN_EVIDENCE,
            "Mean evidence against principals that are not accused; honest ones have at most 1.",
            "model",
            "partition");
    baselines = gauge(registry, "inferwarden_baselines", "Baselines in use.");
    errors = counter(registry, "inferwarden_errors_total", "Errors that were survived.", "stage");
    for (String stage : new String[] {"processing", "production", "uncaught"}) {
      errors.labels(stage).inc(0); // so that a rate sees the first one
    }
  }

  /** Shows what a budget grants a week to each kind of stream. */
  public void promise(AlarmBudget budget) {
    double perWeek = budget.falseIncidentsPerWeek();
    budgetPromised.labels("principals").set(perWeek * budget.principalShare());
    budgetPromised.labels("campaigns").set(perWeek * budget.campaignShare());
    budgetPromised.labels("models").set(perWeek * budget.modelShare());
    budgetPromised.labels("silence").set(perWeek * budget.silenceShare());
    budgetPromised.labels("fleet").set(perWeek * budget.modelShare() * budget.fleetScale());
  }

  /** Counts an incident that opened. */
  public void countOpened(String kind, String model) {
    incidentsOpened.labels(kind, modelsOfIncidents.shown(model)).inc();
  }

  /** The count of a model's events, which may be kept; several models may share one. */
  public Counter.Child eventsOf(String model) {
    String shown = modelsOfEvents.shown(model);
    if (!shown.equals(LabelBound.OTHER)) {
      return modelEvents.labels(shown);
    }
    Counter.Child others = otherEvents;
    if (others == null) {
      others = modelEvents.labels(LabelBound.OTHER);
      otherEvents = others;
    }
    return others;
  }

  /**
   * Shows the mean evidence against the principals that are not accused: at most 1 where all are
   * honest and the null fits.
   *
   * @return the name under which the model is shown
   */
  public String showPrincipals(String model, String partition, double meanEvidence) {
    String shown = modelsOfPrincipals.shown(model);
    principalMeanEvidence.labels(shown, partition).set(meanEvidence);
    return shown;
  }

  /** Shows no more of the principals of a partition than other instances do. */
  public void hidePrincipals(String shownModel, String partition) {
    principalMeanEvidence.remove(shownModel, partition);
  }

  /**
   * A bound of a label of one family.
   *
   * @param most values that are shown at most, above 0
   */
  public LabelBound bound(String family, int most) {
    Counter.Child overflows = seriesDropped.labels(family);
    return new LabelBound(most, overflows::inc);
  }

  private static Counter counter(
      CollectorRegistry registry, String name, String help, String... labels) {
    return Counter.build().name(name).help(help).labelNames(labels).register(registry);
  }

  private static Gauge gauge(
      CollectorRegistry registry, String name, String help, String... labels) {
    return Gauge.build().name(name).help(help).labelNames(labels).register(registry);
  }
}
