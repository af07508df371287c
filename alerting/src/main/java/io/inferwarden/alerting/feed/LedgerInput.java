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
    return object.has(IncidentActionJson.ACTION)
        ? IncidentActionJson.fromTree(object)
        : FindingJson.fromTree(object);
  }

  /** A deserializer for Kafka; bytes that are neither fail with a SerializationException. */
  public static Deserializer<Object> deserializer() {
    return JsonSerde.deserializer(LedgerInput::fromJson);
  }
}
