package io.inferwarden.app.metrics;

import io.inferwarden.app.metrics.ModelReport.KindEvidence;
import io.prometheus.client.Collector;
import io.prometheus.client.Counter;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest report of each model, shown by the task that judges it and hidden when that task goes.
 * At most {@link #MOST_MODELS} models are shown by name; of the others the one that is nearest to
 * an alarm is shown as {@link LabelBound#OTHER}. Thread-safe.
 */
public final class ModelMetrics extends Collector implements Collector.Describable {
  /** Models shown by name in one family. */
  static final int MOST_MODELS = 200;

  private record Shown(Object owner, ModelReport report) {}

  private final Counter dropped;
  private final Map<String, Shown> reports = new HashMap<>();

  /** The models that are shown by name. */
  private final Set<String> named = new HashSet<>();

  ModelMetrics(Counter dropped) {
    this.dropped = dropped;
  }

  /**
   * Shows a report in place of the model's last one.
   *
   * @param owner who may hide it again
   */
  public void show(Object owner, String model, ModelReport report) {
    boolean isNamed;
    synchronized (this) {
      reports.put(model, new Shown(owner, report));
      isNamed = isNamed(model);
    }
    if (!isNamed) {
      families(Map.of(model, report)).stream()
          .filter(family -> !family.samples.isEmpty())
          .forEach(family -> dropped.labels(family.name).inc());
    }
  }

  private boolean isNamed(String model) {
    boolean hasRoom = named.size() < MOST_MODELS && !model.equals(LabelBound.OTHER);
    return named.contains(model) || (hasRoom && named.add(model));
  }

  /** Shows the model no more, unless another owner shows it by now. */
  public synchronized void hide(Object owner, String model) {
    Shown shown = reports.get(model);
    if (shown != null && shown.owner == owner) {
      reports.remove(model);
      named.remove(model);
    }
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return families(shownReports());
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return families(Map.of());
  }

  private synchronized Map<String, ModelReport> shownReports() {
    Map<String, ModelReport> shown = new HashMap<>();
    ModelReport nearest = null;
    for (Map.Entry<String, Shown> each : reports.entrySet()) {
      ModelReport report = each.getValue().report;
      if (named.contains(each.getKey())) {
        shown.put(each.getKey(), report);
      } else if (isNearer(report, nearest)) {
        nearest = report;
      }
    }
    if (nearest != null) {
      shown.put(LabelBound.OTHER, nearest);
    }
    return shown;
  }

  private static boolean isNearer(ModelReport report, @Nullable ModelReport than) {
    return than == null || report.margin() > than.margin();
  }

  private static List<MetricFamilySamples> families(Map<String, ModelReport> reports) {
    List<MetricFamilySamples> families = new ArrayList<>();
    families.addAll(evidence(reports));
    families.addAll(outputs(reports));
    GaugeMetricFamily versions =
        family(
            "inferwarden_model_version_info",
            "1 for the versions of a model that answer of late.",
            "version");
    reports.forEach(
        (model, report) ->
            report.versions().forEach(version -> versions.addMetric(List.of(model, version), 1)));
    families.add(versions);
    for (ModelFigure figure : ModelFigure.values()) {
      GaugeMetricFamily family = family(figure.metric(), figure.help());
      reports.forEach(
          (model, report) -> {
            Double value = report.figures().get(figure);
            if (value != null) {
              family.addMetric(List.of(model), value);
            }
          });
      families.add(family);
    }
    return families;
  }

  private static List<GaugeMetricFamily> evidence(Map<String, ModelReport> reports) {
    GaugeMetricFamily evidence =
        family(
            "inferwarden_model_evidence_log10",
            "Decimal logarithm of the evidence that a model is not as usual: chance alone would do"
                + " this once in so many panes. Held while the incident goes on.",
            "kind");
    GaugeMetricFamily lines =
        family(
            "inferwarden_model_alarm_line_log10",
            "Decimal logarithm of the evidence from which on it is an alarm.",
            "kind");
    GaugeMetricFamily causes =
        family(
            "inferwarden_model_cause_share",
            "Share of the evidence that a signal carries, of the largest five.",
            "kind",
            "cause");
    reports.forEach(
        (model, report) -> {
          for (KindEvidence one : report.evidence()) {
            evidence.addMetric(List.of(model, one.kind()), one.log10());
            lines.addMetric(List.of(model, one.kind()), one.alarmLineLog10());
            one.causes()
                .forEach(
                    (cause, share) -> causes.addMetric(List.of(model, one.kind(), cause), share));
          }
        });
    return List.of(evidence, lines, causes);
  }

  private static List<GaugeMetricFamily> outputs(Map<String, ModelReport> reports) {
    GaugeMetricFamily seen =
        family(
            "inferwarden_model_output_share",
            "Share of the answers of the last judged pane by label.",
            "label");
    GaugeMetricFamily expected =
        family(
            "inferwarden_model_output_expected_share",
            "Share of the answers by label that the baseline expects at that hour.",
            "label");
    reports.forEach(
        (model, report) ->
            report
                .outputs()
                .forEach(
                    (label, share) -> {
                      seen.addMetric(List.of(model, label), share.seen());
                      expected.addMetric(List.of(model, label), share.expected());
                    }));
    return List.of(seen, expected);
  }

  private static GaugeMetricFamily family(String name, String help, String... labels) {
    List<String> names = new ArrayList<>(List.of("model"));
    names.addAll(List.of(labels));
    return new GaugeMetricFamily(name, help, names);
  }
}
