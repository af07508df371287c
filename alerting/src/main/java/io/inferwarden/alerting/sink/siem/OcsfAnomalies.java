package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;

/**
 * The reasons of an incident: under {@code anomaly_analyses} what was seen beside what is usual,
 * and under {@code evidences} each reason as an object.
 *
 * <p>For a signal {@code s} there are anomalies named {@code s} (the share of queries in the bin
 * that carried most), {@code s.histogram} (one value {@code BIN=SHARE} a bin, the share after the
 * last equals sign), {@code s.median} and {@code s.total_variation}, and baselines of the same
 * names, except for the total variation, whose usual value is none.
 */
final class OcsfAnomalies {
  private static final String DISTRIBUTION = "Distribution Analysis";
  private static final int TIME_INTERVAL = 9;

  private OcsfAnomalies() {}

  static void put(ObjectNode object, Incident incident) {
    if (incident.evidence().isEmpty()) {
      return;
    }
    ObjectNode analysis = object.putArray("anomaly_analyses").addObject();
    putTargets(analysis.putArray("analysis_targets"), incident);
    ArrayNode anomalies = analysis.putArray("anomalies");
    ArrayNode baselines = analysis.arrayNode();
    ArrayNode evidences = object.putArray("evidences");
    for (Evidence evidence : incident.evidence()) {
      putShare(anomalies, baselines, evidence, incident);
      Change change = evidence.change();
      if (change != null) {
        putChange(anomalies, baselines, evidence.signal(), change);
      }
      putEvidence(evidences.addObject(), evidence);
    }
    if (!baselines.isEmpty()) {
      analysis.set("baselines", baselines);
    }
  }

  private static void putTargets(ArrayNode targets, Incident incident) {
    Subject subject = Subject.of(incident);
    targets.addObject().put("name", subject.name()).put("type", subject.type());
    if (!subject.isModel() && !incident.model().equals(Finding.ANY_MODEL)) {
      targets.addObject().put("name", incident.model()).put("type", "model");
    }
  }

  private static void putShare(
      ArrayNode anomalies, ArrayNode baselines, Evidence evidence, Incident incident) {
    ObjectNode anomaly = parameter(anomalies, evidence.signal());
    boolean isShare = !Double.isNaN(evidence.observed());
    anomaly.put("observation_type", isShare ? "Frequency Analysis" : "Description");
    anomaly.put("observed_pattern", evidence.sentence());
    ObjectNode observation = anomaly.putArray("observations").addObject();
    observation.put(
        "value", isShare ? Double.toString(evidence.observed()) : evidence.description());
    ObjectNode timespan = observation.putObject("timespan");
    timespan.put("type_id", TIME_INTERVAL).put("type", "Time Interval");
    timespan.put("start_time", ToldAt.beganMillis(incident));
    timespan.put("end_time", incident.lastSeenAtMillis());
    if (!Double.isNaN(evidence.expected())) {
      ObjectNode baseline = parameter(baselines, evidence.signal());
      baseline.put("observation_type", "Frequency Analysis");
      baseline.put("observed_pattern", evidence.description());
      addValue(baseline.putArray("observations"), evidence.expected());
    }
  }

  private static void putChange(
      ArrayNode anomalies, ArrayNode baselines, String signal, Change change) {
    if (!change.histogram().isEmpty()) {
      String name = signal + ".histogram";
      ArrayNode observed = distribution(anomalies, name);
      ArrayNode expected = distribution(baselines, name);
      for (HistogramBin bin : change.histogram()) {
        observed.addObject().put("value", bin.name() + "=" + bin.observedShare());
        expected.addObject().put("value", bin.name() + "=" + bin.expectedShare());
      }
    }
    if (!Double.isNaN(change.recentMedian())) {
      addValue(distribution(anomalies, signal + ".median"), change.recentMedian());
    }
    if (!Double.isNaN(change.usualMedian())) {
      addValue(distribution(baselines, signal + ".median"), change.usualMedian());
    }
    if (!Double.isNaN(change.totalVariation())) {
      addValue(distribution(anomalies, signal + ".total_variation"), change.totalVariation());
    }
  }

  private static void putEvidence(ObjectNode object, Evidence evidence) {
    object.put("name", evidence.signal());
    ObjectNode data = object.putObject("data");
    data.put("signal", evidence.signal());
    data.put("share", evidence.share());
    data.put("description", evidence.description());
    JsonFields.putNumberOrNull(data, "expected", evidence.expected());
    JsonFields.putNumberOrNull(data, "observed", evidence.observed());
    data.put("sentence", evidence.sentence());
    Change change = evidence.change();
    if (change != null) {
      JsonFields.putNumberOrNull(data, "total_variation", change.totalVariation());
      JsonFields.putNumberOrNull(data, "shift", change.shift());
    }
  }

  private static ArrayNode distribution(ArrayNode parameters, String name) {
    ObjectNode parameter = parameter(parameters, name);
    parameter.put("observation_type", DISTRIBUTION);
    return parameter.putArray("observations");
  }

  private static ObjectNode parameter(ArrayNode parameters, String name) {
    return parameters.addObject().put("observation_parameter", name);
  }

  private static void addValue(ArrayNode observations, double value) {
    observations.addObject().put("value", Double.toString(value));
  }
}
