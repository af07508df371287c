package io.inferwarden.alerting.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import java.nio.charset.StandardCharsets;

/** What could not be delivered, and why; enough to deliver it later by hand. */
public sealed interface DeadLetter {
  /** The key of its record: the incident's id, or the place of an unreadable record. */
  String key();

  /** The JSON form; {@code reason} says which of the two forms it is. */
  byte[] toJson();

  /**
   * An incident that a sink did not take.
   *
   * @param sink the sink's name
   * @param error what the last attempt said
   * @param attempts how often it was tried
   * @param incident the incident
   */
  record Undelivered(String sink, String error, int attempts, Incident incident)
      implements DeadLetter {
    @Override
    public String key() {
      return incident.id();
    }

    @Override
    public byte[] toJson() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("reason", "undelivered");
      object.put("sink", sink);
      object.put("error", error);
      object.put("attempts", attempts);
      object.set("incident", IncidentJson.toTree(incident));
      return object.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * A record of the incidents topic that holds no incident.
   *
   * @param topic the topic it stands in
   * @param partition the partition it stands in
   * @param offset its offset there
   * @param error why it is no incident
   * @param valueBase64 its value, in base64
   */
  record Unreadable(String topic, int partition, long offset, String error, String valueBase64)
      implements DeadLetter {
    @Override
    public String key() {
      return topic + "-" + partition + "@" + offset;
    }

    @Override
    public byte[] toJson() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("reason", "unreadable");
      object.put("topic", topic);
      object.put("partition", partition);
      object.put("offset", offset);
      object.put("error", error);
      object.put("valueBase64", valueBase64);
      return object.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
