package io.inferwarden.alerting.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonSerde;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the {@code findings} topic: findings, and between them how far event time has come. Both
 * stand in one topic since the order between them counts: a moment comes after all findings that
 * were told before it.
 */
public final class LedgerInput {
  private LedgerInput() {}

  /**
   * A {@link Finding}, or the {@link IncidentAction.Moment} that stands between findings.
   *
   * @throws IllegalArgumentException when the bytes are neither
   */
  public static Object fromJson(byte[] json) {
    JsonNode object = JsonFields.parse(json);
    if (!object.has(IncidentActionJson.ACTION)) {
      return FindingJson.fromTree(object);
    }
    IncidentAction action = IncidentActionJson.fromTree(object);
    if (!(action instanceof IncidentAction.Moment)) {
      throw new IllegalArgumentException("action must be moment between findings");
    }
    return action;
  }

  /** A deserializer for Kafka; bytes that are neither fail with a SerializationException. */
  public static Deserializer<Object> deserializer() {
    return JsonSerde.deserializer(LedgerInput::fromJson);
  }
}
