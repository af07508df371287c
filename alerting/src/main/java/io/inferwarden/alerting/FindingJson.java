package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * The JSON form of a {@link Finding}, as in the {@code findings} topic. Fields have a fixed order;
 * unknown fields are ignored, so that an older reader understands a newer writer, and fields that
 * an older writer does not know ({@code chanceOnceInMillis}, {@code models}, {@code members},
 * {@code memberCount}, {@code change}) may be missing.
 */
public final class FindingJson {
  private FindingJson() {}

  public static byte[] toJson(Finding finding) {
    ObjectNode object = JsonFields.newObject();
    object.put(JsonNames.SUBJECT, finding.subject());
    object.put(JsonNames.MODEL, finding.model());
    object.put(JsonNames.VERSION, finding.version());
    object.put(JsonNames.KIND, finding.kind().code());
    object.put(JsonNames.SEVERITY, finding.severity().code());
    object.put(JsonNames.AT_MILLIS, finding.atMillis());
    object.put(JsonNames.ONSET_MILLIS, finding.onsetMillis());
    object.put(JsonNames.EVENTS, finding.events());
    object.put(JsonNames.LEVEL, finding.level());
    JsonFields.putChance(object, finding.chanceOnceInMillis());
    EvidenceJson.put(object, finding.evidence());
    JsonFields.putModels(object, finding.models());
    MemberJson.put(object, finding.members(), finding.memberCount());
    return JsonFields.bytes(object);
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no finding. */
  public static Finding fromJson(byte[] json) {
    return fromTree(JsonFields.parse(json));
  }

  /** Throws {@link IllegalArgumentException} when the object is no finding. */
  public static Finding fromTree(JsonNode object) {
    List<Member> members = MemberJson.read(object);
    return new Finding(
        JsonFields.text(object, JsonNames.SUBJECT),
        JsonFields.text(object, JsonNames.MODEL),
        JsonFields.text(object, JsonNames.VERSION),
        IncidentKind.ofCode(JsonFields.text(object, JsonNames.KIND)),
        Severity.ofCode(JsonFields.text(object, JsonNames.SEVERITY)),
        JsonFields.wholeNumber(object, JsonNames.AT_MILLIS),
        JsonFields.wholeNumber(object, JsonNames.ONSET_MILLIS),
        JsonFields.wholeNumber(object, JsonNames.EVENTS),
        JsonFields.number(object, JsonNames.LEVEL),
        JsonFields.chance(object),
        EvidenceJson.read(object),
        JsonFields.models(object),
        members,
        MemberJson.count(object, members));
  }

  /** A serde for Kafka; bytes that are no finding fail with a SerializationException. */
  public static Serde<Finding> serde() {
    return JsonSerde.of(FindingJson::toJson, FindingJson::fromJson);
  }
}
