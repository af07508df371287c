package io.inferwarden.alerting.book;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Severity;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the book of incidents shows to Prometheus: how many are open, what people found them to be,
 * and how many of those they looked at were right. Incidents about the platform's own alerts count
 * as open only.
 */
public final class IncidentBookMetrics extends Collector implements Collector.Describable {
  private static final String OPEN = "inferwarden_incidents_open";
  private static final String JUDGED = "inferwarden_incidents_judged";
  private static final String PRECISION = "inferwarden_incident_precision_ratio";

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
    for (Incident incident : book.all()) {
      if (incident.isOpen()) {
        open.getOrDefault(incident.kind(), Map.of()).merge(incident.severity(), 1, Integer::sum);
      }
      Judgement judgement = incident.handling().judgement();
      Map<IncidentVerdict, Integer> verdicts = judged.get(incident.kind());
      if (judgement != null && verdicts != null) {
        verdicts.merge(judgement.verdict(), 1, Integer::sum);
      }
    }
    return List.of(openFamily(open), judgedFamily(judged), precisionFamily(judged));
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
    return List.of(openFamily(Map.of()), judgedFamily(Map.of()), precisionFamily(Map.of()));
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
