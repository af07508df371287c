package io.inferwarden.app.metrics;

/** A single figure of a model, and the metric that shows it. */
public enum ModelFigure {
  /** Share of the answers that are refusals. */
  REFUSAL_RATIO(
      "inferwarden_model_refusal_ratio",
      "Share of the answers of the last judged pane that open as a refusal does."),

  /** Share of the answers that are errors. */
  ERROR_RATIO(
      "inferwarden_model_error_ratio",
      "Share of the calls of the last judged pane whose status is not ok."),

  /** When what serves under the model's name changed last. */
  VERSION_CHANGED(
      "inferwarden_model_version_changed_timestamp_seconds",
      "Event time of the first pane of the newest release, a version or digest."),

  /** Mean of the evidence factor on quiet panes: the promise rests on at most 1. */
  NULL_MEAN_LIKELIHOOD_RATIO(
      "inferwarden_null_mean_likelihood_ratio",
      "Mean of the evidence factor on quiet panes; the promise rests on at most 1."),

  /** 1 where the null is visibly wrong, so that the promise is suspended. */
  PROMISE_SUSPENDED(
      "inferwarden_promise_suspended", "1 where the null of a model is visibly wrong."),

  /** How far what the model has settled on lies from its fixed baseline, beyond chance. */
  SETTLED_DRIFT(
      "inferwarden_settled_drift_psi",
      "Largest population stability index of a signal's settled panes against the fixed"
          + " baseline, less what chance explains.");

  private final String metric;
  private final String help;

  ModelFigure(String metric, String help) {
    this.metric = metric;
    this.help = help;
  }

  String metric() {
    return metric;
  }

  String help() {
    return help;
  }
}
