package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * The JSON form of an {@link Incident}, a public contract: in the {@code incidents} topic, in
 * webhooks and in files.
 *
 * <p>Times ({@code openedAt}, {@code lastSeenAt}, {@code onsetAt}) are ISO-8601 instants in UTC
 * with milliseconds, such as {@code 2026-03-02T14:02:00.000Z}. Fields have a fixed order. A reader
 * must ignore fields it does not know; {@code schemaVersion} grows only when a field changes its
 * meaning or goes away. {@code pages}, {@code techniques}, {@code whatToDo} and {@code runbook}
 * follow from {@code kind}, {@code howSure} from {@code chanceOnceInMillis}; they are not read
 * back. {@code chanceOnceInMillis}, {@code change}, {@code resolvedAt}, {@code reopenings}, {@code
 * acknowledgement}, {@code judgement}, {@code models}, {@code members}, {@code memberCount} and, in
 * the evidence, {@code change} are missing from incidents of older releases.
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
    object.put(JsonNames.SCHEMA_VERSION, SCHEMA_VERSION);
    object.put(JsonNames.ID, incident.id());
    object.put(JsonNames.REVISION, incident.revision());
    object.put(JsonNames.STATE, incident.state().code());
    HandlingJson.put(object, incident.handling());
    object.put(JsonNames.SUBJECT, incident.subject());
    object.put(JsonNames.MODEL, incident.model());
    object.put(JsonNames.VERSION, incident.version());
    object.put(JsonNames.KIND, incident.kind().code());
    object.put(JsonNames.SEVERITY, incident.severity().code());
    object.put(JsonNames.PAGES, incident.pages());
    object.put(JsonNames.TITLE, incident.title());
    object.put(JsonNames.SUMMARY, incident.summary());
    object.put(JsonNames.WHAT_TO_DO, incident.kind().whatToDo());
    object.put(JsonNames.RUNBOOK, incident.kind().runbook());
    object.put(JsonNames.OPENED_AT, JsonFields.isoTime(incident.openedAtMillis()));
    object.put(JsonNames.LAST_SEEN_AT, JsonFields.isoTime(incident.lastSeenAtMillis()));
    object.put(JsonNames.ONSET_AT, JsonFields.isoTime(incident.onsetMillis()));
    object.put(JsonNames.FINDINGS, incident.findings());
    object.put(JsonNames.EVENTS, incident.events());
    object.put(JsonNames.LEVEL, incident.level());
    JsonFields.putChance(object, incident.chanceOnceInMillis());
    object.put(JsonNames.HOW_SURE, Chance.words(incident.chanceOnceInMillis()));
    EvidenceJson.put(object, incident.evidence());
    JsonFields.putModels(object, incident.models());
    MemberJson.put(object, incident.members(), incident.memberCount());
    putTechniques(object, incident);
    return object;
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no incident. */
  public static Incident fromJson(byte[] json) {
    return fromTree(JsonFields.parse(json));
  }

  /** Throws {@link IllegalArgumentException} when the tree is no incident. */
  public static Incident fromTree(JsonNode object) {
    JsonFields.requireKnownSchema(object);
    List<Member> members = MemberJson.read(object);
    IncidentState state = IncidentState.ofCode(JsonFields.text(object, JsonNames.STATE));
    long lastSeenAtMillis = JsonFields.isoTime(object, JsonNames.LAST_SEEN_AT);
    return new Incident(
        JsonFields.text(object, JsonNames.ID),
        JsonFields.wholeNumber(object, JsonNames.REVISION),
        state,
        HandlingJson.read(object, state, lastSeenAtMillis),
        JsonFields.text(object, JsonNames.SUBJECT),
        JsonFields.text(object, JsonNames.MODEL),
        JsonFields.text(object, JsonNames.VERSION),
        IncidentKind.ofCode(JsonFields.text(object, JsonNames.KIND)),
        Severity.ofCode(JsonFields.text(object, JsonNames.SEVERITY)),
        JsonFields.isoTime(object, JsonNames.OPENED_AT),
        lastSeenAtMillis,
        JsonFields.isoTime(object, JsonNames.ONSET_AT),
        JsonFields.wholeNumber(object, JsonNames.FINDINGS),
        JsonFields.wholeNumber(object, JsonNames.EVENTS),
        JsonFields.number(object, JsonNames.LEVEL),
        JsonFields.chance(object),
        EvidenceJson.read(object),
        JsonFields.models(object),
        members,
        MemberJson.count(object, members),
        JsonFields.text(object, JsonNames.TITLE),
        JsonFields.text(object, JsonNames.SUMMARY));
  }

  /** A serde for Kafka; bytes that are no incident fail with a SerializationException. */
  public static Serde<Incident> serde() {
    return JsonSerde.of(IncidentJson::toJson, IncidentJson::fromJson);
  }

  private static void putTechniques(ObjectNode object, Incident incident) {
    ArrayNode array = object.putArray(JsonNames.TECHNIQUES);
    for (Technique technique : incident.techniques()) {
      ObjectNode node = array.addObject();
      node.put(JsonNames.FRAMEWORK, technique.framework());
      node.put(JsonNames.EDITION, technique.edition());
      node.put(JsonNames.ID, technique.id());
      node.put(JsonNames.NAME, technique.name());
    }
  }
}
