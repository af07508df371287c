package io.inferwarden.alerting.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.JsonSerde;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.feed.IncidentAction.Acknowledge;
import io.inferwarden.alerting.feed.IncidentAction.Judge;
import io.inferwarden.alerting.feed.IncidentAction.Moment;
import io.inferwarden.alerting.feed.IncidentAction.Tell;
import org.apache.kafka.common.serialization.Serde;

/**
 * The JSON form of an {@link IncidentAction}, in the {@code incident-actions} topic and, for {@link
 * Moment}s, between the findings ({@link LedgerInput}).
 */
public final class IncidentActionJson {
  static final String ACTION = "action";
  private static final String INCIDENT = "incident";
  private static final String LEDGER_KEY = "ledgerKey";
  private static final String EVENT_TIME = "eventTime";

  private static final String ACKNOWLEDGE = "acknowledge";
  private static final String JUDGE = "judge";
  private static final String TELL = "tell";
  private static final String MOMENT = "moment";

  private IncidentActionJson() {}

  public static byte[] toJson(IncidentAction action) {
    ObjectNode object = JsonFields.newObject();
    if (action instanceof Acknowledge acknowledge) {
      Acknowledgement by = acknowledge.acknowledgement();
      object.put(ACTION, ACKNOWLEDGE);
      putWhere(object, acknowledge.incidentId(), acknowledge.ledgerKey());
      putWho(object, by.by(), by.atMillis(), by.note());
    } else if (action instanceof Judge judge) {
      Judgement by = judge.judgement();
      object.put(ACTION, JUDGE);
      object.set(INCIDENT, IncidentJson.toTree(judge.incident()));
      object.put(JsonNames.VERDICT, by.verdict().code());
      putWho(object, by.by(), by.atMillis(), by.note());
    } else if (action instanceof Tell tell) {
      object.put(ACTION, TELL);
      object.set(INCIDENT, IncidentJson.toTree(tell.incident()));
    } else if (action instanceof Moment moment) {
      object.put(ACTION, MOMENT);
      object.put(EVENT_TIME, JsonFields.isoTime(moment.eventTimeMillis()));
    }
    return JsonFields.bytes(object);
  }

  private static void putWhere(ObjectNode object, String incidentId, String ledgerKey) {
    object.put(INCIDENT, incidentId);
    object.put(LEDGER_KEY, ledgerKey);
  }

  private static void putWho(ObjectNode object, String by, long atMillis, String note) {
    object.put(JsonNames.BY, by);
    object.put(JsonNames.AT, JsonFields.isoTime(atMillis));
    object.put(JsonNames.NOTE, note);
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no action. */
  public static IncidentAction fromJson(byte[] json) {
    return fromTree(JsonFields.parse(json));
  }

  /** Throws {@link IllegalArgumentException} when the object is no action. */
  static IncidentAction fromTree(JsonNode object) {
    String action = JsonFields.text(object, ACTION);
    return switch (action) {
      case ACKNOWLEDGE ->
          new Acknowledge(
              JsonFields.text(object, INCIDENT),
              JsonFields.text(object, LEDGER_KEY),
              new Acknowledgement(
                  JsonFields.text(object, JsonNames.BY),
                  JsonFields.isoTime(object, JsonNames.AT),
                  JsonFields.text(object, JsonNames.NOTE)));
      case JUDGE ->
          new Judge(
              incident(object),
              new Judgement(
                  IncidentVerdict.ofCode(JsonFields.text(object, JsonNames.VERDICT)),
                  JsonFields.text(object, JsonNames.BY),
                  JsonFields.isoTime(object, JsonNames.AT),
                  JsonFields.text(object, JsonNames.NOTE)));
      case TELL -> new Tell(incident(object));
      case MOMENT -> new Moment(JsonFields.isoTime(object, EVENT_TIME));
      default ->
          throw new IllegalArgumentException(
              "action must be acknowledge, judge, tell or moment, was " + action);
    };
  }

  private static Incident incident(JsonNode object) {
    JsonNode incident = object.get(INCIDENT);
    if (incident == null || !incident.isObject()) {
      throw new IllegalArgumentException(INCIDENT + " must be an object");
    }
    return IncidentJson.fromTree(incident);
  }

  /** A serde for Kafka; bytes that are no action fail with a SerializationException. */
  public static Serde<IncidentAction> serde() {
    return JsonSerde.of(IncidentActionJson::toJson, IncidentActionJson::fromJson);
  }
}
