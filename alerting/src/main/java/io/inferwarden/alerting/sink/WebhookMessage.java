package io.inferwarden.alerting.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.outbox.DeliveryException;
import java.nio.charset.StandardCharsets;

/**
 * What a webhook says about one revision of an incident: the same bytes and the same message id on
 * every attempt.
 */
final class WebhookMessage {
  /** Standard Webhooks asks for payloads below 20 kB. */
  static final int MAXIMUM_BYTES = 20_000;

  private static final int MOST_MODELS = 50;
  private static final int MOST_MEMBERS = 50;

  private WebhookMessage() {}

  static String type(Incident incident) {
    if (!incident.isOpen()) {
      return "incident.resolved";
    }
    return incident.revision() == 1 ? "incident.opened" : "incident.updated";
  }

  /**
   * The body {@code {"type", "timestamp", "data"}}. It names at most {@value #MOST_MODELS} models
   * and {@value #MOST_MEMBERS} members. Where it would still be too large, first the histograms are
   * left out, then further members, the latest first, then the reasons, the weakest first; {@code
   * data} says how many: {@code modelsOmitted}, {@code membersOmitted}, {@code histogramsOmitted},
   * {@code evidenceOmitted}.
   */
  static byte[] body(Incident incident) throws DeliveryException {
    ObjectNode data = IncidentJson.toTree(incident);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", type(incident));
    message.set("timestamp", data.path(JsonNames.LAST_SEEN_AT));
    message.set("data", data);
    keepFirst(data, JsonNames.MODELS, MOST_MODELS, JsonNames.MODELS_OMITTED);
    keepFirst(data, JsonNames.MEMBERS, MOST_MEMBERS, JsonNames.MEMBERS_OMITTED);
    byte[] body = bytes(message);
    for (int omitted = 1; isTooLarge(body) && leavesOutHistogram(data); omitted++) {
      data.put(JsonNames.HISTOGRAMS_OMITTED, omitted);
      body = bytes(message);
    }
    for (int left = data.path(JsonNames.MEMBERS).size(); isTooLarge(body) && left > 0; left--) {
      keepFirst(data, JsonNames.MEMBERS, left - 1, JsonNames.MEMBERS_OMITTED);
      body = bytes(message);
    }
    for (int left = data.path(JsonNames.EVIDENCE).size(); isTooLarge(body) && left > 0; left--) {
      keepFirst(data, JsonNames.EVIDENCE, left - 1, JsonNames.EVIDENCE_OMITTED);
      body = bytes(message);
    }
    if (isTooLarge(body)) {
      throw DeliveryException.permanent(
          "payload must be < " + MAXIMUM_BYTES + " bytes, was " + body.length);
    }
    return body;
  }

  /** Shortens an array and adds to the count of what was left out of it. */
  private static void keepFirst(ObjectNode data, String name, int most, String omittedName) {
    ArrayNode array = (ArrayNode) data.path(name);
    int omitted = array.size() - most;
    if (omitted > 0) {
      while (array.size() > most) {
        array.remove(array.size() - 1);
      }
      data.put(omittedName, data.path(omittedName).asInt() + omitted);
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
