package io.inferwarden.alerting.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonSerde;
import org.apache.kafka.common.serialization.Serde;

/** The JSON form of a {@link Notification}, in the {@code notifications} topic. */
public final class NotificationJson {
  private static final String ID = "id";
  private static final String SINK = "sink";
  private static final String ROUTE = "route";
  private static final String OCCASION = "occasion";
  private static final String GROUP = "group";
  private static final String GROUP_WAIT_MILLIS = "groupWaitMillis";
  private static final String CREATED_AT = "createdAt";
  private static final String INCIDENT = "incident";

  private NotificationJson() {}

  public static byte[] toJson(Notification notification) {
    return JsonFields.bytes(toTree(notification));
  }

  /** The JSON form as a tree that the caller owns, to be put into a larger document. */
  public static ObjectNode toTree(Notification notification) {
    ObjectNode object = JsonFields.newObject();
    object.put(ID, notification.id());
    object.put(SINK, notification.sink());
    object.put(ROUTE, notification.route());
    object.put(OCCASION, notification.occasion().code());
    object.put(GROUP, notification.group());
    object.put(GROUP_WAIT_MILLIS, notification.groupWaitMillis());
    object.put(CREATED_AT, JsonFields.isoTime(notification.createdAtMillis()));
    object.set(INCIDENT, IncidentJson.toTree(notification.incident()));
    return object;
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no notification. */
  public static Notification fromJson(byte[] json) {
    return fromTree(JsonFields.parse(json));
  }

  /** Throws {@link IllegalArgumentException} when the tree is no notification. */
  public static Notification fromTree(JsonNode object) {
    JsonNode incident = object.get(INCIDENT);
    if (incident == null || !incident.isObject()) {
      throw new IllegalArgumentException(INCIDENT + " must be an object");
    }
    return new Notification(
        JsonFields.text(object, ID),
        JsonFields.text(object, SINK),
        JsonFields.text(object, ROUTE),
        Occasion.ofCode(JsonFields.text(object, OCCASION)),
        JsonFields.text(object, GROUP),
        JsonFields.wholeNumber(object, GROUP_WAIT_MILLIS),
        JsonFields.isoTime(object, CREATED_AT),
        IncidentJson.fromTree(incident));
  }

  /** A serde for Kafka; bytes that are no notification fail with a SerializationException. */
  public static Serde<Notification> serde() {
    return JsonSerde.of(NotificationJson::toJson, NotificationJson::fromJson);
  }
}
