package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.common.serialization.Serde;

/**
 * The JSON form of a {@link Finding}, as in the {@code findings} topic. Fields have a fixed order;
 * unknown fields are ignored, so that an older reader understands a newer writer.
 */
public final class FindingJson {
  private FindingJson() {}

  public static byte[] toJson(Finding finding) {
    ObjectNode object = JsonFields.newObject();
    object.put("subject", finding.subject());
    object.put("model", finding.model());
    object.put("version", finding.version());
    object.put("kind", finding.kind().code());
    object.put("severity", finding.severity().code());
    object.put("atMillis", finding.atMillis());
    object.put("onsetMillis", finding.onsetMillis());
    object.put("events", finding.events());
    object.put("level", finding.level());
    JsonFields.putEvidence(object, finding.evidence());
    return JsonFields.bytes(object);
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no finding. */
  public static Finding fromJson(byte[] json) {
    JsonNode object = JsonFields.parse(json);
    return new Finding(
        JsonFields.text(object, "subject"),
        JsonFields.text(object, "model"),
        JsonFields.text(object, "version"),
        IncidentKind.ofCode(JsonFields.text(object, "kind")),
        Severity.ofCode(JsonFields.text(object, "severity")),
        JsonFields.wholeNumber(object, "atMillis"),
        JsonFields.wholeNumber(object, "onsetMillis"),
        JsonFields.wholeNumber(object, "events"),
        JsonFields.number(object, "level"),
        JsonFields.evidence(object));
  }

  /** A serde for Kafka; bytes that are no finding fail with a SerializationException. */
  public static Serde<Finding> serde() {
    return JsonSerde.of(FindingJson::toJson, FindingJson::fromJson);
  }
}
