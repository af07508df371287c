package io.inferwarden.app.processor;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.metrics.LabelBound;
import io.inferwarden.app.metrics.ModelFigure;
import io.inferwarden.app.metrics.ModelReport;
import io.inferwarden.detectors.model.ModelState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a judge knows of its models. Of the baselines of a model, each figure is that of the
 * one where it matters most. What is shown goes when the judge does.
 */
final class ModelGauges {
  private static final String VERSIONS = "inferwarden_model_version_info";

  /** Versions shown at once. */
  private static final int SHOWN_VERSIONS = 3;

  /** Versions of a model shown one after the other: whoever invents names ends here. */
  private static final int MOST_VERSIONS = 50;

  private final AppMetrics metrics;
  private final Map<String, Shown> models = new HashMap<>();

  /** A model's baselines, in an order of their own that does not change, and its versions. */
  private static final class Shown {
    final TreeMap<String, JudgedBaseline> baselines = new TreeMap<>();
    final LabelBound versions;

    Shown(LabelBound versions) {
      this.versions = versions;
    }
  }

  ModelGauges(AppMetrics metrics) {
    this.metrics = metrics;
  }

  /** Shows a model after panes of one of its baselines were judged. */
  void show(JudgedBaseline judged, String primaryId) {
    Shown shown =
        models.computeIfAbsent(
            judged.model, model -> new Shown(metrics.bound(VERSIONS, MOST_VERSIONS)));
    shown.baselines.put(judged.baselineId, judged);
    Collection<JudgedBaseline> baselines = shown.baselines.values();
    long now =
        baselines.stream().mapToLong(each -> each.view.judgedPaneMillis()).max().orElseThrow();
    baselines.removeIf(each -> each.view.judgedPaneMillis() <= now - BaselineView.LATELY_MILLIS);
    JudgedBaseline primary = shown.baselines.get(primaryId);
    AnswerShares answers = busiest(baselines, now);
    Map<ModelFigure, Double> figures = audits(baselines);
    if (answers != null) {
      figures.put(ModelFigure.REFUSAL_RATIO, answers.refusals());
      figures.put(ModelFigure.ERROR_RATIO, answers.errors());
    }
    if (primary != null) {
      figures.put(ModelFigure.VERSION_CHANGED, versionChangedSeconds(primary));
    }
    figures.values().removeIf(value -> value.isNaN());
    metrics.models.show(
        this,
        judged.model,
        new ModelReport(
            evidence(baselines, now),
            answers == null ? Map.of() : answers.labels(),
            figures,
            versions(primary, shown.versions)));
  }

  /** The answers under the baseline that judged most of them. */
  private static @Nullable AnswerShares busiest(Collection<JudgedBaseline> baselines, long now) {
    return baselines.stream()
        .flatMap(judged -> judged.view.answers(now).stream())
        .max(
            Comparator.comparingLong(AnswerShares::answers)
                .thenComparingLong(AnswerShares::paneStartMillis))
        .orElse(null);
  }

  /** Of each kind, the evidence that is nearest to an alarm. */
  private static List<ModelReport.KindEvidence> evidence(
      Collection<JudgedBaseline> baselines, long now) {
    Map<IncidentKind, EvidenceReading> nearest = new EnumMap<>(IncidentKind.class);
    for (JudgedBaseline judged : baselines) {
      judged
          .view
          .readings(now)
          .forEach(
              (kind, reading) ->
                  nearest.merge(
                      kind, reading, (one, other) -> other.level() > one.level() ? other : one));
    }
    List<ModelReport.KindEvidence> evidence = new ArrayList<>();
    nearest.forEach(
        (kind, reading) ->
            evidence.add(
                new ModelReport.KindEvidence(
                    kind.code(), reading.log10(), reading.alarmLineLog10(), reading.causes())));
    return evidence;
  }

  /** Whether the null holds: of the baselines, where it holds least. */
  private static Map<ModelFigure, Double> audits(Collection<JudgedBaseline> baselines) {
    Map<ModelFigure, Double> figures = new EnumMap<>(ModelFigure.class);
    for (JudgedBaseline judged : baselines) {
      double drift = judged.view.settledDrift();
      if (!Double.isNaN(drift)) {
        figures.merge(ModelFigure.SETTLED_DRIFT, drift, Math::max);
      }
      ModelState state = judged.knownState();
      if (state != null && !Double.isNaN(state.meanLikelihoodRatio())) {
        double suspended = state.isPromiseSuspended() ? 1 : 0;
        figures.merge(ModelFigure.PROMISE_SUSPENDED, suspended, Math::max);
        figures.merge(
            ModelFigure.NULL_MEAN_LIKELIHOOD_RATIO, state.meanLikelihoodRatio(), Math::max);
      }
    }
    return figures;
  }

  private static double versionChangedSeconds(JudgedBaseline primary) {
    return primary.versions.releases().values().stream()
        .mapToDouble(release -> release.firstPaneMillis / 1000.0)
        .max()
        .orElse(Double.NaN);
  }

  private static List<String> versions(@Nullable JudgedBaseline primary, LabelBound bound) {
    if (primary == null) {
      return List.of();
    }
    return primary.view.latestVersions(SHOWN_VERSIONS).stream()
        .map(version -> bound.shown(version.isBlank() ? "unnamed" : version))
        .distinct()
        .toList();
  }

  void close() {
    models.keySet().forEach(model -> metrics.models.hide(this, model));
    models.clear();
  }
}
