package io.inferwarden.alerting.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonSerde;
import io.inferwarden.alerting.Severity;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/** The JSON form of a {@link Delivery}, in the {@code deliveries} topic and in the feed. */
public final class DeliveryJson {
  private static final String NOTIFICATION = "notification";
  private static final String SINK = "sink";
  private static final String ROUTE = "route";
  private static final String OCCASION = "occasion";
  private static final String INCIDENT = "incident";
  private static final String REVISION = "revision";
  private static final String CHANGE = "change";
  private static final String KIND = "kind";
  private static final String SEVERITY = "severity";
  private static final String OUTCOME = "outcome";
  private static final String DETAIL = "detail";
  private static final String ATTEMPTS = "attempts";
  private static final String AT = "at";
  private static final String TOOK_MILLIS = "tookMillis";
  private static final String RESULT = "result";
  private static final String ATTEMPT_COUNT = "attemptCount";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String NEXT_ATTEMPT_AT = "nextAttemptAt";

  private DeliveryJson() {}

  public static byte[] toJson(Delivery delivery) {
    return JsonFields.bytes(toTree(delivery));
  }

  /** The JSON form as a tree that the caller owns, to be put into a larger document. */
  public static ObjectNode toTree(Delivery delivery) {
    ObjectNode object = JsonFields.newObject();
    object.put(NOTIFICATION, delivery.notificationId());
    object.put(SINK, delivery.sink());
    object.put(ROUTE, delivery.route());
    object.put(OCCASION, delivery.occasion().code());
    object.put(INCIDENT, delivery.incidentId());
    object.put(REVISION, delivery.revision());
    object.put(CHANGE, delivery.change().code());
    object.put(KIND, delivery.kind().code());
    object.put(SEVERITY, delivery.severity().code());
    object.put(OUTCOME, delivery.outcome().code());
    object.put(DETAIL, delivery.detail());
    ArrayNode attempts = object.putArray(ATTEMPTS);
    for (Attempt attempt : delivery.attempts()) {
      ObjectNode node = attempts.addObject();
      node.put(AT, JsonFields.isoTime(attempt.atMillis()));
      node.put(TOOK_MILLIS, attempt.tookMillis());
      node.put(RESULT, attempt.result());
    }
    object.put(ATTEMPT_COUNT, delivery.attemptCount());
    object.put(CREATED_AT, JsonFields.isoTime(delivery.createdAtMillis()));
    object.put(UPDATED_AT, JsonFields.isoTime(delivery.updatedAtMillis()));
    if (delivery.nextAttemptAtMillis() == Delivery.NONE) {
      object.putNull(NEXT_ATTEMPT_AT);
    } else {
      object.put(NEXT_ATTEMPT_AT, JsonFields.isoTime(delivery.nextAttemptAtMillis()));
    }
    return object;
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no entry of the ledger. */
  public static Delivery fromJson(byte[] json) {
    JsonNode object = JsonFields.parse(json);
    List<Attempt> attempts = new ArrayList<>();
    for (JsonNode node : JsonFields.array(object, ATTEMPTS)) {
      attempts.add(
          new Attempt(
              JsonFields.isoTime(node, AT),
              JsonFields.wholeNumber(node, TOOK_MILLIS),
              JsonFields.text(node, RESULT)));
    }
    return new Delivery(
        JsonFields.text(object, NOTIFICATION),
        JsonFields.text(object, SINK),
        JsonFields.text(object, ROUTE),
        Occasion.ofCode(JsonFields.text(object, OCCASION)),
        JsonFields.text(object, INCIDENT),
        JsonFields.wholeNumber(object, REVISION),
        IncidentChange.ofCode(JsonFields.text(object, CHANGE)),
        IncidentKind.ofCode(JsonFields.text(object, KIND)),
        Severity.ofCode(JsonFields.text(object, SEVERITY)),
        Outcome.ofCode(JsonFields.text(object, OUTCOME)),
        JsonFields.text(object, DETAIL),
        attempts,
        Math.toIntExact(JsonFields.wholeNumber(object, ATTEMPT_COUNT)),
        JsonFields.isoTime(object, CREATED_AT),
        JsonFields.isoTime(object, UPDATED_AT),
        object.hasNonNull(NEXT_ATTEMPT_AT)
            ? JsonFields.isoTime(object, NEXT_ATTEMPT_AT)
            : Delivery.NONE);
  }

  /** A serde for Kafka; bytes that are no entry fail with a SerializationException. */
  public static Serde<Delivery> serde() {
    return JsonSerde.of(DeliveryJson::toJson, DeliveryJson::fromJson);
  }
}
