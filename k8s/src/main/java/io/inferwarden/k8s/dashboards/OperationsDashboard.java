package io.inferwarden.k8s.dashboards;

import java.util.List;

/** The page for whoever runs the platform: does the watcher itself work? */
final class OperationsDashboard {
  private OperationsDashboard() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Dashboards.OPERATIONS,
        "Inferwarden / Operations",
        "Is the watcher itself healthy? Read the first row; where it is not green, the row of that part says why.",
        List.of(Dashboards.versions()),
        Dashboards.links(Dashboards.OPERATIONS),
        List.of(
            now(),
            reading(),
            OperationsOfState.state(),
            OperationsOfState.kafka(),
            OperationsOfIntake.collector(),
            OperationsOfIntake.log(),
            OperationsOfSinks.sinks(),
            process(),
            honesty()));
  }

  private static Row now() {
    return Row.of(
        "Now",
        Panel.figure(
                "Ready",
                Unit.WORDS,
                "Whether each instance does its work: its threads run and it keeps up with the log. If one is not ready for more than a few minutes, look at its state and its lag below.")
            .query("min by (instance) (inferwarden_ready{@here})", "{{instance}}")
            .says(0, "not ready", Colour.RED)
            .says(1, "ready", Colour.GREEN)
            .link(Link.runbook("platform-not-ready")),
        Panel.figure(
                "State of the streams",
                Unit.WORDS,
                "What Kafka Streams says of each instance that detects. REBALANCING for minutes on end means that it restores state or cannot join its group; ERROR needs a restart.")
            .query(
                "max by (instance, state) (inferwarden_streams_state{@here}) == 1",
                "{{instance}}: {{state}}")
            .named()
            .coloured(".*RUNNING", Colour.GREEN)
            .coloured(".*(ERROR|NOT_RUNNING)", Colour.RED)
            .link(Link.runbook("platform-streams-not-running")),
        Panel.figure(
                "Not read yet",
                Unit.COUNT,
                "Records of all input topics that no instance has read. If it grows, events come faster than they are judged: add instances up to the number of partitions, or find what holds one up.")
            .query("sum(inferwarden_input_lag_records{@here})", "records")
            .warnFrom(10_000)
            .link(Link.runbook("platform-lag-growing")),
        Panel.figure(
                "Events judged",
                Unit.EVENTS_PER_SECOND,
                "Inference events processed a second. If it is 0 while your models are asked, nothing is watched: look at the collector's row, then at the gateways.")
            .query(
                "sum(rate(inferwarden_events_processed_total{@here}[$__rate_interval]))", "events")
            .link(Link.runbook("platform-no-events")),
        Panel.figure(
                "Alerts not told",
                Unit.COUNT,
                "Notifications that wait for a sink. If it stays above 0 for minutes, somebody is not told: the row of the sinks says which sink fails.")
            .query("sum(inferwarden_notifications_pending{@here})", "notifications")
            .warnFrom(1)
            .badFrom(100)
            .link(Link.runbook("platform-sink-backlog")),
        Panel.figure(
                "Version",
                Unit.WORDS,
                "What runs. More than one entry is right during a roll-out; if it stays, an instance was forgotten.")
            .query(
                "count by (version, revision) (inferwarden_build_info{@here})",
                "{{version}} {{revision}}")
            .named());
  }

  private static Row reading() {
    return Row.of(
        "Reading the log",
        Panel.lines(
                "Events",
                Unit.EVENTS_PER_SECOND,
                "What was read from the topic of events and what became of it. Received is processed plus rejected. Late events came after their time was judged: if they are many, a sender's clock or a queue before Kafka is behind. Unjudged ones found no baseline and no room to wait.")
            .query(
                "sum(rate(inferwarden_events_received_total{@here}[$__rate_interval]))", "received")
            .query(
                "sum(rate(inferwarden_events_processed_total{@here}[$__rate_interval]))",
                "processed")
            .query(
                "sum(rate(inferwarden_events_rejected_total{@here}[$__rate_interval]))", "rejected")
            .query("sum(rate(inferwarden_events_late_total{@here}[$__rate_interval]))", "late")
            .query(
                "sum(rate(inferwarden_events_unjudged_total{@here}[$__rate_interval]))", "unjudged")
            .fromZero()
            .link(Link.runbook("platform-no-events")),
        Panel.lines(
                "Events by model",
                Unit.EVENTS_PER_SECOND,
                "Which models are watched, and how much they are asked. A model that is missing here sends nothing, or sends under another name.")
            .query(
                "sum by (model) (rate(inferwarden_model_events_total{@model}[$__rate_interval]))",
                "{{model}}")
            .stacked(),
        Panel.lines(
                "Not read yet, by topic",
                Unit.COUNT,
                "Records behind the end of each topic. A hump after a restart is right; a line that only climbs is not.")
            .query("sum by (topic) (inferwarden_input_lag_records{@here})", "{{topic}}")
            .fromZero()
            .link(Link.runbook("platform-lag-growing")),
        Panel.lines(
                "Since the last progress",
                Unit.SECONDS,
                "How long each instance has had something to do and did nothing. Above five minutes its liveness probe fails and Kubernetes restarts it; if that happens again and again, take a thread dump before the restart.")
            .query("max by (instance) (inferwarden_progress_age_seconds{@here})", "{{instance}}")
            .fromZero()
            .badFrom(300)
            .link(Link.runbook("platform-not-consuming")),
        Panel.lines(
                "Rejected events by reason",
                Unit.EVENTS_PER_SECOND,
                "Records that were no inference events. If one reason appears with a release of a gateway, read one of them in the topic of dead letters and correct the sender.")
            .query(
                "sum by (reason) (rate(inferwarden_events_rejected_total{@here}[$__rate_interval]))",
                "{{reason}}")
            .stacked()
            .link(Link.runbook("platform-most-events-rejected")),
        Panel.lines(
                "Dead letters",
                Unit.PER_SECOND,
                "Records put aside a second: events that could not be read, notifications that nobody took. Each is kept with its reason; correct the cause, then send or tell it again.")
            .query(
                "sum by (topic) (rate(inferwarden_dead_letters_total{@here}[$__rate_interval]))",
                "{{topic}}")
            .fromZero()
            .link(Link.runbook("platform-dead-letter-events"))
            .link(Link.runbook("platform-dead-letter-notifications")));
  }

  private static Row process() {
    return Row.of(
        "Processes",
        Panel.lines(
                "Heap",
                Unit.BYTES,
                "Memory in use by objects, and the most that is allowed. If use stays near the limit after collections, give the instance more memory or more partitions to share.")
            .wide(8)
            .query(
                "sum by (instance) (jvm_memory_bytes_used{@here, area=\"heap\"})", "{{instance}}")
            .query("max(jvm_memory_bytes_max{@here, area=\"heap\"})", "limit")
            .limit("limit")
            .fromZero(),
        Panel.lines(
                "Time in garbage collection",
                Unit.SHARE,
                "Part of the time that collections take. Above a tenth for long, the heap is too small.")
            .wide(8)
            .query(
                "sum by (instance) (rate(jvm_gc_collection_seconds_sum{@here}[$__rate_interval]))",
                "{{instance}}")
            .fromZero()
            .warnFrom(0.1),
        Panel.lines(
                "Processors in use",
                Unit.COUNT,
                "Processors that each instance keeps busy. If it is at the limit of its container while records wait, raise the limit or add an instance.")
            .wide(8)
            .query(
                "sum by (instance) (rate(process_cpu_seconds_total{@here}[$__rate_interval]))",
                "{{instance}}")
            .fromZero(),
        Panel.lines(
                "Errors survived",
                Unit.PER_SECOND,
                "Errors that did not end the process, by the stage that met them. Any is worth a look into the log of that instance.")
            .wide(8)
            .query(
                "sum by (stage) (rate(inferwarden_errors_total{@here}[$__rate_interval]))",
                "{{stage}}")
            .fromZero()
            .link(Link.runbook("platform-errors-survived")),
        Panel.lines(
                "Metrics folded together",
                Unit.PER_SECOND,
                "How often a model or version had no place of its own in a metric and was shown as __other__. If it is not 0, these pages do not show every model by name; incidents do.")
            .wide(8)
            .query(
                "sum by (family) (rate(inferwarden_metric_series_dropped_total{@here}[$__rate_interval]))",
                "{{family}}")
            .fromZero()
            .link(Link.runbook("platform-cardinality-overflow")),
        Panel.lines(
                "Open files",
                Unit.SHARE,
                "Part of the allowed file handles that is in use. Near 1 no connection can be opened: raise the limit, and look for a sink or sender that leaves connections open.")
            .wide(8)
            .query(
                "max by (instance) (process_open_fds{@here} / process_max_fds{@here})",
                "{{instance}}")
            .fromZero()
            .badFrom(0.9));
  }

  private static Row honesty() {
    return Row.of(
        "Alarm budget",
        Panel.lines(
                "Spent of what a week grants",
                Unit.SHARE,
                "Expected false incidents of the last seven days, as a part of what the policy promises for a week. Above 1 the promise was not kept: look at the page Security for which kind of stream spent it.")
            .query(
                "sum(increase(inferwarden_alarm_budget_spent_total{@here}[7d])) / sum(max by (stream) (inferwarden_alarm_budget_promised_per_week{@here}))",
                "spent")
            .fromZero()
            .badFrom(1)
            .link(Link.runbook("platform-budget-spent")),
        Panel.lines(
                "Models without a promise",
                Unit.COUNT,
                "Models whose idea of usual is visibly wrong, so that their alarms may be false more often than promised. Look at the page Model and learn their baselines anew if the change is wanted.")
            .query("sum(max by (model) (inferwarden_promise_suspended{@model}))", "suspended")
            .fromZero()
            .link(Link.runbook("platform-promise-suspended"))
            .link(Link.runbook("promise-suspended")));
  }
}
