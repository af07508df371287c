package io.inferwarden.detectors.principal;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An inference event v1 of a trace, as a detector sees it. */
record TraceEvent(
    String principal,
    long timeMillis,
    List<String> names,
    List<Object> values,
    @Nullable String label,
    List<Double> scores,
    long inputFingerprint)
    implements Observation {
  static final Object NULL = new Object();

  static TraceEvent of(JsonNode json) {
    List<String> names = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    Iterator<Map.Entry<String, JsonNode>> fields =
        json.path("input").path("features").properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode value = field.getValue();
      names.add(field.getKey().intern());
      values.add(value.isNull() ? NULL : value.isNumber() ? value.asDouble() : value.asText());
    }
    List<Double> scores = new ArrayList<>();
    json.path("output").path("scores").forEach(score -> scores.add(score.asDouble()));
    return new TraceEvent(
        json.path("principal").asText(),
        json.path("time").asLong(),
        List.copyOf(names),
        List.copyOf(values),
        json.path("output").path("label").asText(null),
        List.copyOf(scores),
        fingerprint(names, values));
  }

  /** Order-free: equal features give equal fingerprints. */
  static long fingerprint(List<String> names, List<Object> values) {
    long sum = 0;
    for (int i = 0; i < names.size(); i++) {
      long one = 31L * names.get(i).hashCode() + values.get(i).hashCode() * 0x9e3779b97f4a7c15L;
      one = (one ^ (one >>> 30)) * 0xbf58476d1ce4e5b9L;
      one = (one ^ (one >>> 27)) * 0x94d049bb133111ebL;
      sum += one ^ (one >>> 31);
    }
    return sum;
  }

  @Override
  public int featureCount() {
    return names.size();
  }

  @Override
  public String featureName(int index) {
    return names.get(index);
  }

  @Override
  public double featureNumber(int index) {
    return values.get(index) instanceof Double number ? number : Double.NaN;
  }

  @Override
  public @Nullable String featureWord(int index) {
    return values.get(index) instanceof String word ? word : null;
  }

  @Override
  public int scoreCount() {
    return scores.size();
  }

  @Override
  public double score(int index) {
    return scores.get(index);
  }

  @Override
  public double regressionValue() {
    return Double.NaN;
  }
}
