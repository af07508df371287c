package io.inferwarden.alerting.book;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Severity;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the book of incidents shows to Prometheus: how many are open, what people found them to be,
 * and how many of those they looked at were right. Incidents about the platform's own alerts count
 * as open only.
 */
public final class IncidentBookMetrics extends Collector implements Collector.Describable {
  private static final String OPEN = "inferwarden_incidents_open";
  private static final String OPEN_OF_MODELS = "inferwarden_model_incidents_open";
  private static final String CAMPAIGNS = "inferwarden_campaigns_open";
  private static final String JUDGED = "inferwarden_incidents_judged";
  private static final String PRECISION = "inferwarden_incident_precision_ratio";

  /** Models shown by name; the rest are added up as {@link #OTHER_MODELS}. */
  private static final int MOST_MODELS = 200;

  private static final String OTHER_MODELS = "__other__";

  private final IncidentBook book;

  private IncidentBookMetrics(IncidentBook book) {
    this.book = book;
  }

  /** Shows the book in a registry. */
  public static void register(IncidentBook book, CollectorRegistry registry) {
    registry.register(new IncidentBookMetrics(book));
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Map<IncidentKind, Map<Severity, Integer>> open = new EnumMap<>(IncidentKind.class);
    Map<IncidentKind, Map<IncidentVerdict, Integer>> judged = new EnumMap<>(IncidentKind.class);
    for (IncidentKind kind : IncidentKind.values()) {
      open.put(kind, new EnumMap<>(Map.of(kind.severity(), 0)));
      if (!kind.isOfDelivery()) {
        judged.put(kind, noVerdicts());
      }
    }
    List<Incident> goingOn = new ArrayList<>();
    for (Incident incident : book.all()) {
      if (incident.isOpen()) {
        goingOn.add(incident);
        open.getOrDefault(incident.kind(), Map.of()).merge(incident.severity(), 1, Integer::sum);
      }
      Judgement judgement = incident.handling().judgement();
      Map<IncidentVerdict, Integer> verdicts = judged.get(incident.kind());
      if (judgement != null && verdicts != null) {
        verdicts.merge(judgement.verdict(), 1, Integer::sum);
      }
    }
    return List.of(
        openFamily(open),
        modelsFamily(goingOn),
        campaignsFamily(goingOn),
        judgedFamily(judged),
        precisionFamily(judged));
  }

  private static Map<IncidentVerdict, Integer> noVerdicts() {
    Map<IncidentVerdict, Integer> verdicts = new EnumMap<>(IncidentVerdict.class);
    for (IncidentVerdict verdict : IncidentVerdict.values()) {
      verdicts.put(verdict, 0);
    }
    return verdicts;
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return List.of(
        openFamily(Map.of()),
        modelsFamily(List.of()),
        campaignsFamily(List.of()),
        judgedFamily(Map.of()),
        precisionFamily(Map.of()));
  }

  private static GaugeMetricFamily modelsFamily(List<Incident> open) {
    Set<String> named = modelsWithMost(open);
    Map<List<String>, Integer> counts = new TreeMap<>(Comparator.comparing(List::toString));
    for (Incident incident : open) {
      counts.merge(List.of(shown(incident, named), incident.kind().code()), 1, Integer::sum);
    }
    GaugeMetricFamily family =
        family(OPEN_OF_MODELS, "Incidents that go on, by model.", "model", "kind");
    counts.forEach(family::addMetric);
    return family;
  }

  private static GaugeMetricFamily campaignsFamily(List<Incident> open) {
    Set<String> named = modelsWithMost(open);
    Map<String, Integer> counts = new TreeMap<>();
    for (Incident incident : open) {
      int campaigns = incident.memberCount() > 1 ? 1 : 0;
      counts.merge(shown(incident, named), campaigns, Integer::sum);
    }
    GaugeMetricFamily family =
        family(CAMPAIGNS, "Incidents about several members that go on, by model.", "model");
    counts.forEach((model, count) -> family.addMetric(List.of(model), count));
    return family;
  }

  private static String shown(Incident incident, Set<String> named) {
    return named.contains(incident.model()) ? incident.model() : OTHER_MODELS;
  }

  /** Names of models come from data, so only those with the most incidents are shown. */
  private static Set<String> modelsWithMost(List<Incident> open) {
    Map<String, Integer> counts = new TreeMap<>();
    open.forEach(incident -> counts.merge(incident.model(), 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_MODELS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static GaugeMetricFamily openFamily(Map<IncidentKind, Map<Severity, Integer>> open) {
    GaugeMetricFamily family = family(OPEN, "Incidents that go on.", "kind", "severity");
    open.forEach(
        (kind, severities) ->
            severities.forEach(
                (severity, count) ->
                    family.addMetric(List.of(kind.code(), severity.code()), count)));
    return family;
  }

  private static GaugeMetricFamily judgedFamily(
      Map<IncidentKind, Map<IncidentVerdict, Integer>> judged) {
    GaugeMetricFamily family =
        family(JUDGED, "Incidents by the latest verdict on them.", "kind", "verdict");
    judged.forEach(
        (kind, verdicts) ->
            verdicts.forEach(
                (verdict, count) -> family.addMetric(List.of(kind.code(), verdict.code()), count)));
    return family;
  }

  private static GaugeMetricFamily precisionFamily(
      Map<IncidentKind, Map<IncidentVerdict, Integer>> judged) {
    GaugeMetricFamily family =
        family(PRECISION, "Part of the incidents judged true or false that are true.", "kind");
    judged.forEach(
        (kind, verdicts) -> {
          int right = verdicts.getOrDefault(IncidentVerdict.TRUE_POSITIVE, 0);
          int wrong = verdicts.getOrDefault(IncidentVerdict.FALSE_POSITIVE, 0);
          if (right + wrong > 0) {
            family.addMetric(List.of(kind.code()), (double) right / (right + wrong));
          }
        });
    return family;
  }

  private static GaugeMetricFamily family(String name, String help, String... labels) {
    return new GaugeMetricFamily(name, help, Arrays.asList(labels));
  }
}
