package io.inferwarden.app.backtest;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.backtest.BacktestReport.Budget;
import io.inferwarden.app.backtest.BacktestReport.Incident;
import io.inferwarden.app.backtest.BacktestReport.Models;
import io.inferwarden.app.backtest.BacktestReport.Principals;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a run raised with what is known to be true; a pure function. */
public final class BacktestScore {
  private BacktestScore() {}

  /**
   * Scores a run. Without labels the report holds the totals and the incidents, and accuses nobody
   * of being wrong.
   */
  public static BacktestReport score(BacktestRun run, @Nullable TraceLabels labels) {
    List<OpenedIncident> incidents =
        run.incidents().stream()
            .sorted(
                Comparator.comparingLong(OpenedIncident::openedAtMillis)
                    .thenComparing(OpenedIncident::id))
            .toList();
    int seen = run.queries().principals().size();
    Principals principals = new Principals(seen, null, null, null, null, null);
    List<BacktestReport.Attack> attacks = List.of();
    List<BacktestReport.ReportedCampaign> campaigns = List.of();
    Models models = new Models(null, null, null, null, List.of());
    Integer observedFalse = null;
    if (labels != null) {
      PrincipalScore ofPrincipals = new PrincipalScore(labels, run.queries(), incidents);
      principals = ofPrincipals.principals();
      attacks = ofPrincipals.attacks();
      campaigns = new CampaignScore(labels, run.queries(), incidents).campaigns();
      ModelScore ofModels = new ModelScore(labels.models(), run.queries(), incidents);
      models = ofModels.models();
      observedFalse = ofPrincipals.falseAlarms() + ofModels.falseAlarms();
    }
    return new BacktestReport(
        run.events(),
        run.rejected(),
        run.seconds(),
        run.seconds() > 0 ? Math.round(run.events() / run.seconds()) : 0,
        principals,
        attacks,
        campaigns,
        models,
        new Budget(run.budgetPromised(), run.budgetSpent(), observedFalse),
        incidents.stream().map(BacktestScore::reported).toList());
  }

  private static Incident reported(OpenedIncident incident) {
    IncidentKind kind =
        Arrays.stream(IncidentKind.values())
            .filter(known -> known.code().equals(incident.kind()))
            .findFirst()
            .orElse(null);
    return new Incident(
        incident.id(),
        incident.subject(),
        incident.model(),
        incident.kind(),
        incident.severity(),
        kind == null || kind.pages(),
        incident.openedAtMillis(),
        incident.members().stream().map(OpenedIncident.Accusation::principal).toList(),
        incident.models().stream().map(OpenedIncident.NamedModel::model).toList(),
        kind == null ? null : kind.runbook(),
        incident.evidence());
  }
}
