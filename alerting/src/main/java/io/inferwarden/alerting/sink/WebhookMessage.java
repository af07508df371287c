package io.inferwarden.alerting.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonNames;
import java.nio.charset.StandardCharsets;

/**
 * What a webhook says about one revision of an incident: the same bytes and the same message id on
 * every attempt.
 */
final class WebhookMessage {
  /** Standard Webhooks asks for payloads below 20 kB. */
  static final int MAXIMUM_BYTES = 20_000;

  private static final int MOST_MODELS = 50;

  private WebhookMessage() {}

  static String id(Incident incident) {
    return incident.id() + "_" + incident.revision();
  }

  static String type(Incident incident) {
    if (!incident.isOpen()) {
      return "incident.resolved";
    }
    return incident.revision() == 1 ? "incident.opened" : "incident.updated";
  }

  /**
   * The body {@code {"type", "timestamp", "data"}}. Where it would be too large, first the names of
   * further models, then the histograms, then the reasons are left out, the weakest first, and
   * {@code data} says how many: {@code modelsOmitted}, {@code histogramsOmitted}, {@code
   * evidenceOmitted}.
   */
  static byte[] body(Incident incident) throws DeliveryException {
    ObjectNode data = IncidentJson.toTree(incident);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", type(incident));
    message.set("timestamp", data.path(JsonNames.LAST_SEEN_AT));
    message.set("data", data);
    leaveOutModels(data);
    byte[] body = bytes(message);
    for (int omitted = 1; isTooLarge(body) && leavesOutHistogram(data); omitted++) {
      data.put(JsonNames.HISTOGRAMS_OMITTED, omitted);
      body = bytes(message);
    }
    ArrayNode evidence = (ArrayNode) data.path(JsonNames.EVIDENCE);
    for (int omitted = 1; isTooLarge(body) && !evidence.isEmpty(); omitted++) {
      evidence.remove(evidence.size() - 1);
      data.put(JsonNames.EVIDENCE_OMITTED, omitted);
      body = bytes(message);
    }
    if (isTooLarge(body)) {
      throw DeliveryException.permanent(
          "payload must be < " + MAXIMUM_BYTES + " bytes, was " + body.length);
    }
    return body;
  }

  private static void leaveOutModels(ObjectNode data) {
    ArrayNode models = (ArrayNode) data.path(JsonNames.MODELS);
    int omitted = models.size() - MOST_MODELS;
    if (omitted > 0) {
      while (models.size() > MOST_MODELS) {
        models.remove(models.size() - 1);
      }
      data.put(JsonNames.MODELS_OMITTED, omitted);
    }
  }

  /** Takes the histogram from the weakest reason that has one; false when none has. */
  private static boolean leavesOutHistogram(ObjectNode data) {
    JsonNode evidence = data.path(JsonNames.EVIDENCE);
    for (int i = evidence.size() - 1; i >= 0; i--) {
      JsonNode change = evidence.path(i).path(JsonNames.CHANGE);
      if (change instanceof ObjectNode object && object.remove(JsonNames.HISTOGRAM) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTooLarge(byte[] body) {
    return body.length >= MAXIMUM_BYTES;
  }

  private static byte[] bytes(ObjectNode message) {
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }
}
