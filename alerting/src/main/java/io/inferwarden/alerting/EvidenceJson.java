package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of evidence, the same in findings and incidents. What is unknown is null, except
 * that {@code change} and {@code contribution} are then left out.
 */
final class EvidenceJson {
  private EvidenceJson() {}

  static void put(ObjectNode object, List<Evidence> evidence) {
    ArrayNode array = object.putArray(JsonNames.EVIDENCE);
    for (Evidence each : evidence) {
      ObjectNode node = array.addObject();
      node.put(JsonNames.SIGNAL, each.signal());
      node.put(JsonNames.SHARE, each.share());
      node.put(JsonNames.DESCRIPTION, each.description());
      JsonFields.putNumberOrNull(node, JsonNames.EXPECTED, each.expected());
      JsonFields.putNumberOrNull(node, JsonNames.OBSERVED, each.observed());
      node.put(JsonNames.SENTENCE, each.sentence());
      Change change = each.change();
      if (change != null) {
        put(node.putObject(JsonNames.CHANGE), change);
      }
    }
  }

  static List<Evidence> read(JsonNode object) {
    List<Evidence> evidence = new ArrayList<>();
    for (JsonNode node : JsonFields.array(object, JsonNames.EVIDENCE)) {
      evidence.add(
          new Evidence(
              JsonFields.text(node, JsonNames.SIGNAL),
              JsonFields.number(node, JsonNames.SHARE),
              JsonFields.text(node, JsonNames.DESCRIPTION),
              JsonFields.numberOrUnknown(node, JsonNames.EXPECTED),
              JsonFields.numberOrUnknown(node, JsonNames.OBSERVED),
              JsonFields.text(node, JsonNames.SENTENCE),
              changeOrNull(node)));
    }
    return evidence;
  }

  private static void put(ObjectNode node, Change change) {
    JsonFields.putNumberOrNull(node, JsonNames.TOTAL_VARIATION, change.totalVariation());
    JsonFields.putNumberOrNull(node, JsonNames.SHIFT, change.shift());
    JsonFields.putNumberOrNull(node, JsonNames.USUAL_MEDIAN, change.usualMedian());
    JsonFields.putNumberOrNull(node, JsonNames.RECENT_MEDIAN, change.recentMedian());
    ArrayNode histogram = node.putArray(JsonNames.HISTOGRAM);
    for (HistogramBin bin : change.histogram()) {
      ObjectNode each = histogram.addObject();
      each.put(JsonNames.BIN, bin.name());
      each.put(JsonNames.EXPECTED, bin.expectedShare());
      each.put(JsonNames.OBSERVED, bin.observedShare());
      if (!Double.isNaN(bin.contribution())) {
        each.put(JsonNames.CONTRIBUTION, bin.contribution());
      }
    }
  }

  private static @Nullable Change changeOrNull(JsonNode evidence) {
    if (!evidence.hasNonNull(JsonNames.CHANGE)) {
      return null;
    }
    JsonNode node = evidence.get(JsonNames.CHANGE);
    return new Change(
        JsonFields.numberOrUnknown(node, JsonNames.TOTAL_VARIATION),
        JsonFields.numberOrUnknown(node, JsonNames.SHIFT),
        JsonFields.numberOrUnknown(node, JsonNames.USUAL_MEDIAN),
        JsonFields.numberOrUnknown(node, JsonNames.RECENT_MEDIAN),
        histogram(node));
  }

  private static List<HistogramBin> histogram(JsonNode change) {
    List<HistogramBin> histogram = new ArrayList<>();
    for (JsonNode node : JsonFields.arrayOrEmpty(change, JsonNames.HISTOGRAM)) {
      histogram.add(
          new HistogramBin(
              JsonFields.text(node, JsonNames.BIN),
              JsonFields.number(node, JsonNames.EXPECTED),
              JsonFields.number(node, JsonNames.OBSERVED),
              JsonFields.numberOrUnknown(node, JsonNames.CONTRIBUTION)));
    }
    return histogram;
  }
}
