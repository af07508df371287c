package io.inferwarden.app.processor;

import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.detectors.model.ModelState;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows for each model whether its null holds: of its baselines, the one where it holds least.
 * Gauges go when the judge of the model does.
 */
final class AuditGauges {
  private record Audit(double mean, boolean suspended) {}

  private final AppMetrics metrics;
  private final Map<String, Map<String, Audit>> audits = new HashMap<>();

  AuditGauges(AppMetrics metrics) {
    this.metrics = metrics;
  }

  void show(JudgedBaseline judged) {
    ModelState state = judged.knownState();
    if (state == null || Double.isNaN(state.meanLikelihoodRatio())) {
      return;
    }
    Map<String, Audit> ofModel = audits.computeIfAbsent(judged.model, model -> new HashMap<>());
    ofModel.put(
        judged.baselineId, new Audit(state.meanLikelihoodRatio(), state.isPromiseSuspended()));
    double mean = 0;
    boolean suspended = false;
    for (Audit audit : ofModel.values()) {
      mean = Math.max(mean, audit.mean);
      suspended |= audit.suspended;
    }
    metrics.nullMeanLikelihoodRatio.labels(judged.model).set(mean);
    metrics.promiseSuspended.labels(judged.model).set(suspended ? 1 : 0);
  }

  void close() {
    for (String model : audits.keySet()) {
      metrics.nullMeanLikelihoodRatio.remove(model);
      metrics.promiseSuspended.remove(model);
    }
    audits.clear();
  }
}
