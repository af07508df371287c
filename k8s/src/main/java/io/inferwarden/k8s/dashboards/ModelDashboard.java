package io.inferwarden.k8s.dashboards;

import java.util.List;

/** The page for whoever answers for a model: what has changed in it, and how sure is that? */
final class ModelDashboard {
  private ModelDashboard() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Dashboards.MODEL,
        "Inferwarden / Model",
        "How does a model behave against what is usual for it? Choose one model above. Evidence is on a logarithmic scale: at 3, chance alone would do this once in 1,000 panes of time.",
        List.of(Dashboards.versions(), Dashboards.incidentsOpened()),
        Dashboards.links(Dashboards.MODEL),
        List.of(now(), evidence(), inputs(), outputs(), promise()));
  }

  private static Row now() {
    return Row.of(
        "Now",
        Panel.figure(
                "Requests",
                Unit.EVENTS_PER_SECOND,
                "How much the model is asked. If it is 0 and should not be, look at the gateway before it and at the page Operations.")
            .query(
                "sum by (model) (rate(inferwarden_model_events_total{@model}[$__rate_interval]))",
                "{{model}}")
            .link(Link.runbook("silence")),
        Panel.figure(
                "Evidence below the alarm line",
                Unit.COUNT,
                "How many powers of ten the strongest evidence lies below (negative) or above its alarm line. At 0 an incident opens. If it comes near, read the causes below before you are paged.")
            .query(
                "max by (model) (inferwarden_model_evidence_log10{@model} - inferwarden_model_alarm_line_log10{@model})",
                "{{model}}")
            .warnFrom(-1)
            .badFrom(0),
        Panel.figure(
                "Open incidents",
                Unit.COUNT,
                "Incidents about the model that go on. Open them in the API for what was expected, what was seen, and since when.")
            .query(
                "sum by (model) (max by (model, kind) (inferwarden_model_incidents_open{@model}))",
                "{{model}}")
            .badFrom(1)
            .link(
                Link.incidents(
                    "Open incidents of the model", "open=true&model=" + Link.ofSeries("model"))),
        Panel.figure(
                "Settled drift",
                Unit.COUNT,
                "How far what the model has settled on lies from its fixed baseline, as a population stability index less what chance explains. Above the policy's tolerance (0.002 unless you changed it) a ticket opens; learn anew if the change is wanted.")
            .query("max by (model) (inferwarden_settled_drift_psi{@model})", "{{model}}")
            .warnFrom(0.002)
            .link(Link.runbook("slow-drift")),
        Panel.figure(
                "Promise",
                Unit.WORDS,
                "Suspended when what is usual is visibly wrong for the model: its alarms may then be false more often than the budget says. Learn its baseline anew, from a time that is as today.")
            .query("max by (model) (inferwarden_promise_suspended{@model})", "{{model}}")
            .says(0, "kept", Colour.GREEN)
            .says(1, "suspended", Colour.ORANGE)
            .link(Link.runbook("promise-suspended")),
        Panel.figure(
                "Versions",
                Unit.WORDS,
                "Versions that answered within the last day. Two are right during a roll-out; one that you do not know is not.")
            .query(
                "max by (model, version) (inferwarden_model_version_info{@model})",
                "{{model}} {{version}}")
            .named()
            .link(Link.runbook("version-changed"))
            .link(Link.runbook("model-replaced")));
  }

  private static Row evidence() {
    return Row.of(
        "Evidence that it is not as usual",
        Panel.lines(
                "Evidence and its alarm line",
                Unit.COUNT,
                "Powers of ten by which the panes so far speak against usual behaviour, for each kind, and the line at which an incident opens. Ups and downs far below the line are chance. A steady climb is a change: read the causes, and what was released when it began.")
            .wide(24)
            .query(
                "max by (model, kind) (inferwarden_model_evidence_log10{@model})",
                "{{model}}: {{kind}}")
            .query(
                "min by (model) (inferwarden_model_alarm_line_log10{@model})",
                "{{model}}: alarm line")
            .limit(".*: alarm line")
            .fromZero(),
        Panel.bars(
                "Top causes",
                Unit.SHARE,
                "Which feature or answer carries the evidence, as a part of all of it. Start with the largest: look at that feature's source, or at that answer, since the evidence began to climb.")
            .query(
                "topk(10, max by (model, kind, cause) (inferwarden_model_cause_share{@model}))",
                "{{model}}: {{cause}} ({{kind}})")
            .upTo(1)
            .link(Link.runbook("input-drift"))
            .link(Link.runbook("output-shift")),
        Panel.lines(
                "Causes over time",
                Unit.SHARE,
                "How the causes took turns. A cause that stays on top is the change; causes that come and go are chance.")
            .query(
                "max by (model, kind, cause) (inferwarden_model_cause_share{@model})",
                "{{model}}: {{cause}} ({{kind}})")
            .fromZero()
            .upTo(1));
  }

  private static Row inputs() {
    return Row.of(
        "Inputs",
        Panel.lines(
                "Requests",
                Unit.EVENTS_PER_SECOND,
                "How much the model is asked. A step up or down explains much of what else moves; a season does not raise evidence by itself.")
            .wide(8)
            .query(
                "sum by (model) (rate(inferwarden_model_events_total{@model}[$__rate_interval]))",
                "{{model}}")
            .fromZero()
            .link(Link.runbook("request-surge"))
            .link(Link.runbook("silence")),
        Panel.lines(
                "Evidence of other inputs",
                Unit.COUNT,
                "Evidence that the model is asked about other things than it learned on. If it climbs, look at the causes: a broken feature upstream shows as one cause, new users as many.")
            .wide(8)
            .query(
                "max by (model) (inferwarden_model_evidence_log10{@model, kind=\"input_drift\"})",
                "{{model}}")
            .query(
                "min by (model) (inferwarden_model_alarm_line_log10{@model, kind=\"input_drift\"})",
                "{{model}}: alarm line")
            .limit(".*: alarm line")
            .fromZero()
            .link(Link.runbook("input-drift")),
        Panel.lines(
                "Settled drift",
                Unit.COUNT,
                "How far slow changes have carried the inputs and answers from the fixed baseline. It is no alarm by itself; above the tolerance, decide whether the model still fits and learn anew.")
            .wide(8)
            .query("max by (model) (inferwarden_settled_drift_psi{@model})", "{{model}}")
            .fromZero()
            .warnFrom(0.002)
            .link(Link.runbook("slow-drift")));
  }

  private static Row outputs() {
    return Row.of(
        "Outputs",
        Panel.lines(
                "Answers",
                Unit.SHARE,
                "Part of the answers by label, in the pane that was judged last. Labels not seen in the learning are new; an answer without one is missing.")
            .query(
                "max by (model, label) (inferwarden_model_output_share{@model})",
                "{{model}}: {{label}}")
            .stacked()
            .link(Link.runbook("output-shift")),
        Panel.lines(
                "Answers seen less expected",
                Unit.SHARE,
                "How much more (above 0) or less each label is answered than the baseline expects at that hour. Small panes waver; a label that stays off 0 has moved.")
            .query(
                "max by (model, label) (inferwarden_model_output_share{@model} - inferwarden_model_output_expected_share{@model})",
                "{{model}}: {{label}}")
            .link(Link.runbook("output-shift")),
        Panel.bars(
                "Answers expected",
                Unit.SHARE,
                "What the baseline expects at this hour. If it is not what you know of the model, the baseline was learned from a time that was not usual.")
            .query(
                "sort_desc(max by (model, label) (inferwarden_model_output_expected_share{@model}))",
                "{{model}}: {{label}}")
            .upTo(1),
        Panel.lines(
                "Errors and refusals",
                Unit.SHARE,
                "Part of the calls whose status is not ok, and of the texts that open as a refusal does. If refusals rise with no release, somebody probes the model or its prompt has changed.")
            .query("max by (model) (inferwarden_model_error_ratio{@model})", "{{model}}: errors")
            .query(
                "max by (model) (inferwarden_model_refusal_ratio{@model})", "{{model}}: refusals")
            .fromZero());
  }

  private static Row promise() {
    return Row.of(
        "Is the baseline right?",
        Panel.lines(
                "Mean evidence on quiet panes",
                Unit.COUNT,
                "The promise on false incidents rests on at most 1. Above it for long, usual behaviour looks unusual to the baseline: learn it anew.")
            .query("max by (model) (inferwarden_null_mean_likelihood_ratio{@model})", "{{model}}")
            .fromZero()
            .link(Link.runbook("promise-suspended")),
        Panel.lines(
                "Promise suspended", Unit.COUNT, "1 while the promise does not hold for a model.")
            .query("max by (model) (inferwarden_promise_suspended{@model})", "{{model}}")
            .fromZero()
            .upTo(1)
            .link(Link.runbook("promise-suspended")));
  }
}
