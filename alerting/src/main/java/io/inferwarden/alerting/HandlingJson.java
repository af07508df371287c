package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON form of what was done to an incident: {@code change}, {@code resolvedAt}, {@code
 * reopenings}, {@code acknowledgement} and {@code judgement}. Incidents of older releases have none
 * of them.
 */
final class HandlingJson {
  private HandlingJson() {}

  static void put(ObjectNode object, Handling handling) {
    object.put(JsonNames.CHANGE, handling.change().code());
    if (handling.resolvedAtMillis() == Handling.NOT_RESOLVED) {
      object.putNull(JsonNames.RESOLVED_AT);
    } else {
      object.put(JsonNames.RESOLVED_AT, JsonFields.isoTime(handling.resolvedAtMillis()));
    }
    object.put(JsonNames.REOPENINGS, handling.reopenings());
    Acknowledgement acknowledgement = handling.acknowledgement();
    if (acknowledgement == null) {
      object.putNull(JsonNames.ACKNOWLEDGEMENT);
    } else {
      putWho(
          object.putObject(JsonNames.ACKNOWLEDGEMENT),
          acknowledgement.by(),
          acknowledgement.atMillis(),
          acknowledgement.note());
    }
    Judgement judgement = handling.judgement();
    if (judgement == null) {
      object.putNull(JsonNames.JUDGEMENT);
    } else {
      ObjectNode node = object.putObject(JsonNames.JUDGEMENT);
      node.put(JsonNames.VERDICT, judgement.verdict().code());
      putWho(node, judgement.by(), judgement.atMillis(), judgement.note());
    }
  }

  private static void putWho(ObjectNode node, String by, long atMillis, String note) {
    node.put(JsonNames.BY, by);
    node.put(JsonNames.AT, JsonFields.isoTime(atMillis));
    node.put(JsonNames.NOTE, note);
  }

  /** What was written, or what an older release could know: that the incident is open or over. */
  static Handling read(JsonNode object, IncidentState state, long lastSeenAtMillis) {
    if (!object.hasNonNull(JsonNames.CHANGE)) {
      return state == IncidentState.RESOLVED
          ? Handling.OPENED.resolved(lastSeenAtMillis)
          : Handling.OPENED.told(IncidentChange.UPDATED);
    }
    return new Handling(
        IncidentChange.ofCode(JsonFields.text(object, JsonNames.CHANGE)),
        object.hasNonNull(JsonNames.RESOLVED_AT)
            ? JsonFields.isoTime(object, JsonNames.RESOLVED_AT)
            : Handling.NOT_RESOLVED,
        Math.toIntExact(JsonFields.wholeNumber(object, JsonNames.REOPENINGS)),
        object.hasNonNull(JsonNames.ACKNOWLEDGEMENT)
            ? acknowledgement(object.get(JsonNames.ACKNOWLEDGEMENT))
            : null,
        object.hasNonNull(JsonNames.JUDGEMENT) ? judgement(object.get(JsonNames.JUDGEMENT)) : null);
  }

  private static Acknowledgement acknowledgement(JsonNode node) {
    return new Acknowledgement(
        JsonFields.text(node, JsonNames.BY),
        JsonFields.isoTime(node, JsonNames.AT),
        JsonFields.text(node, JsonNames.NOTE));
  }

  private static Judgement judgement(JsonNode node) {
    return new Judgement(
        IncidentVerdict.ofCode(JsonFields.text(node, JsonNames.VERDICT)),
        JsonFields.text(node, JsonNames.BY),
        JsonFields.isoTime(node, JsonNames.AT),
        JsonFields.text(node, JsonNames.NOTE));
  }
}
