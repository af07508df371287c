package io.inferwarden.app.backtest;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.backtest.BacktestReport.Change;
import io.inferwarden.app.backtest.BacktestReport.Models;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import io.inferwarden.app.backtest.TraceLabels.ModelLabel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of models were found. A change is found by the first incident of its model at or
 * after it: an incident about the model, or about a common cause that names the model, from when it
 * does. An incident before the first change that should page, or on a model without one, is a false
 * alarm, counted once a model. Incidents that do not page neither find nor accuse; one of a new
 * version explains a declared deploy. Models without a label are not judged.
 */
final class ModelScore {
  /** Codes of the kinds that do not page. */
  private static final Set<String> TOLD_ONLY =
      Arrays.stream(IncidentKind.values())
          .filter(kind -> !kind.pages())
          .map(IncidentKind::code)
          .collect(Collectors.toUnmodifiableSet());

  private final List<ModelLabel> labels;
  private final QueryLog queries;
  private final List<OpenedIncident> incidents;
  private final Set<String> falselyAlarmed = new HashSet<>();
  private final Set<String> explained = new HashSet<>();

  /**
   * @param incidents in the order of opening
   */
  ModelScore(List<ModelLabel> labels, QueryLog queries, List<OpenedIncident> incidents) {
    this.labels = labels;
    this.queries = queries;
    List<OpenedIncident> ofModels =
        incidents.stream()
            .flatMap(OpenedIncident::ofModels)
            .sorted(Comparator.comparingLong(OpenedIncident::openedAtMillis))
            .toList();
    this.incidents = ofModels.stream().filter(i -> !TOLD_ONLY.contains(i.kind())).toList();
    ofModels.stream()
        .filter(i -> i.kind().equals(IncidentKind.VERSION_CHANGED.code()))
        .forEach(i -> explained.add(i.concernedModel()));
    Map<String, Long> firstChangeMillis = new HashMap<>();
    for (ModelLabel label : labels) {
      long fromMillis = label.expected() == Expected.ALERT ? label.at() : Long.MAX_VALUE;
      firstChangeMillis.merge(label.model(), fromMillis, Math::min);
    }
    for (OpenedIncident incident : this.incidents) {
      Long fromMillis = firstChangeMillis.get(incident.concernedModel());
      if (fromMillis != null && incident.openedAtMillis() < fromMillis) {
        falselyAlarmed.add(incident.concernedModel());
      }
    }
  }

  int falseAlarms() {
    return falselyAlarmed.size();
  }

  Models models() {
    List<Change> changes = labels.stream().map(this::change).toList();
    int found =
        (int) changes.stream().filter(c -> c.expected() == Expected.ALERT && c.detected()).count();
    return new Models(count(Expected.ALERT), found, count(Expected.QUIET), falseAlarms(), changes);
  }

  private int count(Expected expected) {
    return (int) labels.stream().filter(label -> label.expected() == expected).count();
  }

  private Change change(ModelLabel label) {
    boolean shouldPage = label.expected() == Expected.ALERT;
    long fromMillis = shouldPage ? label.at() : Long.MIN_VALUE;
    for (OpenedIncident incident : incidents) {
      long atMillis = incident.openedAtMillis();
      if (label.model().equals(incident.concernedModel()) && atMillis >= fromMillis) {
        return new Change(
            label.model(),
            label.change(),
            label.expected(),
            true,
            shouldPage ? (atMillis - label.at()) / 1000.0 : null,
            shouldPage ? queries.eventsOf(label.model(), label.at(), atMillis) : null,
            incident.topCause(),
            explained(label));
      }
    }
    return new Change(
        label.model(), label.change(), label.expected(), false, null, null, null, explained(label));
  }

  private @Nullable Boolean explained(ModelLabel label) {
    return label.expected() == Expected.EXPLAINED ? explained.contains(label.model()) : null;
  }
}
