package io.inferwarden.k8s.dashboards;

/**
 * A choice at the head of a page.
 *
 * @param content the query of a choice, the default of a text
 */
record Variable(Kind kind, String name, String label, String content) {
  /** How its values come about. */
  enum Kind {
    /** One of the Prometheus servers that Grafana knows. */
    DATA_SOURCE,
    /** Values of a label; several, or all. */
    CHOICE,
    /** Typed in. */
    TEXT
  }

  /** What every process of the platform says of itself. */
  private static final String ANY =
      "{__name__=~\"inferwarden_build_info|inferwarden_ingest_log_queue_bytes\"";

  static final Variable SOURCE =
      new Variable(Kind.DATA_SOURCE, "datasource", "Data Source", "prometheus");
  static final Variable JOB =
      new Variable(Kind.CHOICE, "job", "Job", "label_values(" + ANY + "}, job)");
  static final Variable INSTANCE =
      new Variable(
          Kind.CHOICE,
          "instance",
          "Instance",
          "label_values(" + ANY + ", job=~\"$job\"}, instance)");
  static final Variable MODEL =
      new Variable(
          Kind.CHOICE,
          "model",
          "Model",
          "label_values(" + Query.expand("inferwarden_model_events_total{@here}") + ", model)");
  static final Variable INCIDENTS =
      new Variable(Kind.TEXT, "incidents", "Incident API", "http://localhost:9464");
  static final Variable RUNBOOKS =
      new Variable(
          Kind.TEXT,
          "runbooks",
          "Runbooks",
          "https://github.com/inferwarden/inferwarden/blob/main/docs/runbooks");
}
