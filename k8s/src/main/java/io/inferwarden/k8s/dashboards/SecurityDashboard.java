package io.inferwarden.k8s.dashboards;

import java.util.List;

/** The page for whoever handles incidents: what happened, to which model, and can it be trusted? */
final class SecurityDashboard {
  private static final String OPEN = "max by (kind, severity) (inferwarden_incidents_open{@here})";

  private SecurityDashboard() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Dashboards.SECURITY,
        "Inferwarden / Security",
        "What happened, to which model, by how many, and how far can the alarms be trusted? Who did it stands in the incidents, never in metrics: follow the links to the API.",
        List.of(Dashboards.incidentsOpened(), Dashboards.versions()),
        Dashboards.links(Dashboards.SECURITY),
        List.of(now(), incidents(), campaigns(), budget(), trust(), principals()));
  }

  private static Row now() {
    return Row.of(
        "Now",
        Panel.figure(
                "Open incidents, high or critical",
                Unit.COUNT,
                "Incidents that go on and are worth waking someone. Acknowledge each that somebody looks after.")
            .query("sum(" + OPEN.replace("}", ", severity=~\"high|critical\"}") + ")", "open")
            .badFrom(1)
            .link(Link.incidents("Open, high or critical", "open=true&severity=high")),
        Panel.figure(
                "Open incidents, all",
                Unit.COUNT,
                "All incidents that go on, information included. If it only grows, nobody judges them: give each a verdict.")
            .query("sum(" + OPEN + ")", "open")
            .link(Link.incidents("Open incidents", "open=true")),
        Panel.figure(
                "Opened in this time",
                Unit.COUNT,
                "Incidents that opened within the time chosen above.")
            .query(
                "sum("
                    + Dashboards.opened("kind, model", "$__range")
                    + ") or 0 * sum("
                    + OPEN
                    + ")",
                "opened"),
        Panel.figure(
                "Open campaigns",
                Unit.COUNT,
                "Incidents with more than one account behind them. Read the list of members before you block one: the others go on.")
            .query("sum(max by (model) (inferwarden_campaigns_open{@model}))", "campaigns")
            .warnFrom(1)
            .link(Link.runbook("extraction")),
        Panel.figure(
                "Budget spent",
                Unit.SHARE,
                "Expected false incidents of the last seven days, as a part of what the policy promises for a week. Above 1 trust alarms less until the cause is found.")
            .query(
                "sum(increase(inferwarden_alarm_budget_spent_total{@here}[7d])) / sum(max by (stream) (inferwarden_alarm_budget_promised_per_week{@here}))",
                "spent")
            .warnFrom(0.8)
            .badFrom(1)
            .link(Link.runbook("platform-budget-spent")),
        Panel.figure(
                "Precision",
                Unit.SHARE,
                "Part of the judged incidents that were true, over all kinds. It is as good as the verdicts are many: judge what you close.")
            .query(
                "sum(max by (kind) (inferwarden_incidents_judged{@here, verdict=\"true\"})) / (sum(max by (kind, verdict) (inferwarden_incidents_judged{@here, verdict=~\"true|false\"})) > 0)",
                "true")
            .goodFrom(0.5));
  }

  private static Row incidents() {
    return Row.of(
        "Incidents",
        Panel.lines(
                "Opened, by kind",
                Unit.COUNT,
                "Incidents as they opened. Many of one kind at once are usually one cause: look whether a release or a new customer came at that time.")
            .query(Dashboards.opened("kind", "$__rate_interval"), "{{kind}}")
            .stacked()
            .link(Link.incidents("All incidents", "limit=100")),
        Panel.lines(
                "Open, by model",
                Unit.COUNT,
                "Which models incidents go on about. Turn to the page Model for what moved; an abuse incident names the accounts.")
            .query(
                "sum by (model) (max by (model, kind) (inferwarden_model_incidents_open{@model}))",
                "{{model}}")
            .stacked()
            .link(Link.modelOfSeries()),
        Panel.bars(
                "Top kinds",
                Unit.COUNT,
                "Kinds of incident by how many opened within the time chosen above. Each kind has a runbook that says what it means and what to do.")
            .wide(8)
            .query("topk(10, " + Dashboards.opened("kind", "$__range") + ")", "{{kind}}")
            .link(Link.incidents("All of this kind", "kind=" + Link.ofSeries("kind")))
            .link(new Link("Runbooks by kind", "${runbooks}/README.md")),
        Panel.bars(
                "Top models",
                Unit.COUNT,
                "Models by how many incidents opened within the time chosen above. A star stands for incidents about many models.")
            .wide(8)
            .query("topk(10, " + Dashboards.opened("model", "$__range") + ")", "{{model}}")
            .link(Link.modelOfSeries()),
        Panel.bars(
                "Open, by kind",
                Unit.COUNT,
                "Incidents that go on, by kind. Start with the kinds that page: the runbooks say which do.")
            .wide(8)
            .query("topk(10, sum by (kind) (" + OPEN + "))", "{{kind}}")
            .link(Link.incidents("Open, of this kind", "open=true&kind=" + Link.ofSeries("kind"))));
  }

  private static Row campaigns() {
    return Row.of(
        "Campaigns, and what was held back",
        Panel.lines(
                "Open campaigns",
                Unit.COUNT,
                "Incidents with more than one account behind them, by model. A campaign grows while it is open; block its members together.")
            .wide(8)
            .query("max by (model) (inferwarden_campaigns_open{@model})", "{{model}}")
            .fromZero()
            .link(Link.runbook("extraction"))
            .link(Link.runbook("distillation")),
        Panel.lines(
                "Alarms before grouping",
                Unit.PER_SECOND,
                "Alarms of single streams, of which incidents are made. Far more of them than incidents are right for a campaign.")
            .wide(8)
            .query(
                "sum by (kind) (rate(inferwarden_findings_total{@here}[$__rate_interval]))",
                "{{kind}}")
            .stacked(),
        Panel.lines(
                "Alarms held back",
                Unit.PER_SECOND,
                "Alarms about principals that the policy declares, about too many that look alike, and those that became part of a common cause. If declared ones are many, check that the declaration is still true.")
            .wide(8)
            .query(
                "sum(rate(inferwarden_findings_declared_total{@here}[$__rate_interval]))",
                "declared")
            .query(
                "sum(rate(inferwarden_findings_common_cause_total{@here}[$__rate_interval]))",
                "too many alike")
            .query(
                "sum(rate(inferwarden_findings_folded_total{@here}[$__rate_interval]))",
                "common cause")
            .query(
                "sum(rate(inferwarden_panes_tainted_total{@here}[$__rate_interval]))",
                "panes not judged")
            .fromZero()
            .link(Link.runbook("common-cause")));
  }

  private static Row budget() {
    return Row.of(
        "Alarm budget: promised and spent",
        Panel.bars(
                "Promised for a week",
                Unit.COUNT,
                "False incidents that the policy accepts in a week, by what they are spent on. Change it in the policy under budget.")
            .wide(8)
            .query(
                "max by (stream) (inferwarden_alarm_budget_promised_per_week{@here})",
                "{{stream}}"),
        Panel.bars(
                "Spent in seven days",
                Unit.COUNT,
                "False incidents to be expected from what was watched in the last seven days. It must stay below what is promised.")
            .wide(8)
            .query(
                "sum by (stream) (increase(inferwarden_alarm_budget_spent_total{@here}[7d]))",
                "{{stream}}")
            .link(Link.runbook("platform-budget-spent")),
        Panel.lines(
                "Spent of what is promised",
                Unit.SHARE,
                "The last seven days' spending as a part of the promise. It rises with traffic and levels off below 1; above 1, tell the developers: that is a defect.")
            .wide(8)
            .query(
                "sum by (stream) (increase(inferwarden_alarm_budget_spent_total{@here}[7d])) / on (stream) max by (stream) (inferwarden_alarm_budget_promised_per_week{@here})",
                "{{stream}}")
            .fromZero()
            .badFrom(1)
            .link(Link.runbook("platform-budget-spent")));
  }

  private static Row trust() {
    return Row.of(
        "Can the alarms be trusted?",
        Panel.lines(
                "Precision by kind",
                Unit.SHARE,
                "Part of the incidents judged true or false that were true. If one kind stays low, read its false ones for what they have in common and declare those principals.")
            .query("max by (kind) (inferwarden_incident_precision_ratio{@here})", "{{kind}}")
            .fromZero()
            .upTo(1)
            .link(Link.runbook("platform-false-incidents-over-budget")),
        Panel.bars(
                "Verdicts",
                Unit.COUNT,
                "Incidents by the latest verdict on them. Without verdicts nobody knows how good the alarms are.")
            .query(
                "sum by (verdict) (max by (kind, verdict) (inferwarden_incidents_judged{@here}))",
                "{{verdict}}")
            .link(Link.incidents("Judged false", "verdict=false")),
        Panel.lines(
                "Silenced and folded",
                Unit.PER_SECOND,
                "Notifications that silences, maintenance windows and grouping kept from a sink. If much is silenced, look whether a silence is wider than it was meant to be.")
            .wide(8)
            .query(
                "sum by (sink, outcome) (rate(inferwarden_notifications_total{@here, outcome=~\"silenced|folded\"}[$__rate_interval]))",
                "{{sink}}: {{outcome}}")
            .stacked()
            .link(new Link("Silences", "${incidents}/api/v1/silences"))
            .link(Link.deliveries("Silenced, in the ledger", "outcome=silenced")),
        Panel.lines(
                "Mean evidence against honest principals",
                Unit.COUNT,
                "At most 1 where those who are not accused are honest and the baseline fits. Far above 1, either many do the same unusual thing below the alarm line, or the baseline is wrong: learn it anew.")
            .wide(8)
            .query("max by (model) (inferwarden_principal_mean_evidence{@model})", "{{model}}")
            .fromZero()
            .link(Link.runbook("promise-suspended")),
        Panel.lines(
                "Mean evidence on quiet panes",
                Unit.COUNT,
                "The same for models: at most 1 where nothing has changed. Above it for long, the promise of that model is suspended.")
            .wide(8)
            .query("max by (model) (inferwarden_null_mean_likelihood_ratio{@model})", "{{model}}")
            .fromZero()
            .link(Link.runbook("promise-suspended")));
  }

  private static Row principals() {
    return Row.of(
        "Principals",
        Panel.lines(
                "Tracked",
                Unit.COUNT,
                "Principals whose evidence is kept. It levels off at the policy's maximumPrincipals times the partitions; a sudden climb is a flood of new names.")
            .query("sum(inferwarden_principals_tracked{@here})", "tracked")
            .fromZero()
            .link(Link.runbook("detector-flooded")),
        Panel.lines(
                "Coming and going",
                Unit.PER_SECOND,
                "Principals that got a place, those that made room for others, and events of those without a place, which are judged in groups only. If the last is not 0 for long, raise maximumPrincipals.")
            .query(
                "sum(rate(inferwarden_principals_admitted_total{@here}[$__rate_interval]))",
                "admitted")
            .query(
                "sum(rate(inferwarden_principals_evicted_total{@here}[$__rate_interval]))",
                "evicted")
            .query(
                "sum(rate(inferwarden_principals_refused_events_total{@here}[$__rate_interval]))",
                "events without a place")
            .fromZero()
            .link(Link.runbook("platform-principals-refused"))
            .link(Link.runbook("detector-flooded")));
  }
}
