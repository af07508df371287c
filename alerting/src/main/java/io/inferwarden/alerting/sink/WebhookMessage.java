package io.inferwarden.alerting.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import java.nio.charset.StandardCharsets;

/**
 * What a webhook says about one revision of an incident: the same bytes and the same message id on
 * every attempt.
 */
final class WebhookMessage {
  /** Standard Webhooks asks for payloads below 20 kB. */
  static final int MAXIMUM_BYTES = 20_000;

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
   * The body {@code {"type", "timestamp", "data"}}. Where it would be too large, the weakest
   * evidence is left out and {@code data.evidenceOmitted} says how much of it.
   */
  static byte[] body(Incident incident) throws DeliveryException {
    ObjectNode data = IncidentJson.toTree(incident);
    JsonNode lastSeenAt = data.path("lastSeenAt");
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", type(incident));
    message.set("timestamp", lastSeenAt);
    message.set("data", data);
    byte[] body = bytes(message);
    ArrayNode evidence = (ArrayNode) data.path("evidence");
    int omitted = 0;
    while (body.length >= MAXIMUM_BYTES && !evidence.isEmpty()) {
      evidence.remove(evidence.size() - 1);
      data.put("evidenceOmitted", ++omitted);
      body = bytes(message);
    }
    if (body.length >= MAXIMUM_BYTES) {
      throw DeliveryException.permanent(
          "payload must be < " + MAXIMUM_BYTES + " bytes, was " + body.length);
    }
    return body;
  }

  private static byte[] bytes(ObjectNode message) {
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }
}
