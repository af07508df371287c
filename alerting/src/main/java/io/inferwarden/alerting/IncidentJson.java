package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.common.serialization.Serde;

/**
 * The JSON form of an {@link Incident}, a public contract: in the {@code incidents} topic, in
 * webhooks and in files.
 *
 * <p>Times ({@code openedAt}, {@code lastSeenAt}, {@code onsetAt}) are ISO-8601 instants in UTC
 * with milliseconds, such as {@code 2026-03-02T14:02:00.000Z}. Fields have a fixed order. A reader
 * must ignore fields it does not know; {@code schemaVersion} grows only when a field changes its
 * meaning or goes away. {@code techniques} and {@code whatToDo} follow from {@code kind} and are
 * not read back.
 */
public final class IncidentJson {
  /** What {@code schemaVersion} says of incidents written by this release. */
  public static final int SCHEMA_VERSION = 1;

  private IncidentJson() {}

  public static byte[] toJson(Incident incident) {
    return JsonFields.bytes(toTree(incident));
  }

  /** The JSON form as a tree that the caller owns, to be put into a larger document. */
  public static ObjectNode toTree(Incident incident) {
    ObjectNode object = JsonFields.newObject();
    object.put("schemaVersion", SCHEMA_VERSION);
    object.put("id", incident.id());
    object.put("revision", incident.revision());
    object.put("state", incident.state().code());
    object.put("subject", incident.subject());
    object.put("model", incident.model());
    object.put("version", incident.version());
    object.put("kind", incident.kind().code());
    object.put("severity", incident.severity().code());
    object.put("title", incident.title());
    object.put("summary", incident.summary());
    object.put("whatToDo", incident.kind().whatToDo());
    object.put("openedAt", JsonFields.isoTime(incident.openedAtMillis()));
    object.put("lastSeenAt", JsonFields.isoTime(incident.lastSeenAtMillis()));
    object.put("onsetAt", JsonFields.isoTime(incident.onsetMillis()));
    object.put("findings", incident.findings());
    object.put("events", incident.events());
    object.put("level", incident.level());
    JsonFields.putEvidence(object, incident.evidence());
    putTechniques(object, incident);
    return object;
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no incident. */
  public static Incident fromJson(byte[] json) {
    JsonNode object = JsonFields.parse(json);
    return new Incident(
        JsonFields.text(object, "id"),
        JsonFields.wholeNumber(object, "revision"),
        IncidentState.ofCode(JsonFields.text(object, "state")),
        JsonFields.text(object, "subject"),
        JsonFields.text(object, "model"),
        JsonFields.text(object, "version"),
        IncidentKind.ofCode(JsonFields.text(object, "kind")),
        Severity.ofCode(JsonFields.text(object, "severity")),
        JsonFields.isoTime(object, "openedAt"),
        JsonFields.isoTime(object, "lastSeenAt"),
        JsonFields.isoTime(object, "onsetAt"),
        JsonFields.wholeNumber(object, "findings"),
        JsonFields.wholeNumber(object, "events"),
        JsonFields.number(object, "level"),
        JsonFields.evidence(object),
        JsonFields.text(object, "title"),
        JsonFields.text(object, "summary"));
  }

  /** A serde for Kafka; bytes that are no incident fail with a SerializationException. */
  public static Serde<Incident> serde() {
    return JsonSerde.of(IncidentJson::toJson, IncidentJson::fromJson);
  }

  private static void putTechniques(ObjectNode object, Incident incident) {
    ArrayNode array = object.putArray("techniques");
    for (Technique technique : incident.techniques()) {
      ObjectNode node = array.addObject();
      node.put("framework", technique.framework());
      node.put("edition", technique.edition());
      node.put("id", technique.id());
      node.put("name", technique.name());
    }
  }
}
