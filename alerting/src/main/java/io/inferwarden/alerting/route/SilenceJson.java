package io.inferwarden.alerting.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonSerde;
import org.apache.kafka.common.serialization.Serde;

/**
 * The JSON form of a {@link Silence}, in the {@code silences} topic and in the feed: {@code id},
 * {@code match}, {@code author}, {@code reason} and, as ISO-8601 instants, {@code startsAt}, {@code
 * endsAt} and {@code createdAt}.
 */
public final class SilenceJson {
  public static final String ID = "id";
  public static final String MATCH = "match";
  public static final String AUTHOR = "author";
  public static final String REASON = "reason";
  public static final String STARTS_AT = "startsAt";
  public static final String ENDS_AT = "endsAt";
  public static final String CREATED_AT = "createdAt";

  private SilenceJson() {}

  public static byte[] toJson(Silence silence) {
    return JsonFields.bytes(toTree(silence));
  }

  /** The JSON form as a tree that the caller owns, to be put into a larger document. */
  public static ObjectNode toTree(Silence silence) {
    ObjectNode object = JsonFields.newObject();
    object.put(ID, silence.id());
    object.set(MATCH, MatchJson.toTree(silence.match()));
    object.put(AUTHOR, silence.author());
    object.put(REASON, silence.reason());
    object.put(STARTS_AT, JsonFields.isoTime(silence.startsAtMillis()));
    object.put(ENDS_AT, JsonFields.isoTime(silence.endsAtMillis()));
    object.put(CREATED_AT, JsonFields.isoTime(silence.createdAtMillis()));
    return object;
  }

  /** Throws {@link IllegalArgumentException} when the bytes are no silence. */
  public static Silence fromJson(byte[] json) {
    return fromTree(JsonFields.parse(json));
  }

  /** Throws {@link IllegalArgumentException} when the tree is no silence. */
  public static Silence fromTree(JsonNode object) {
    return new Silence(
        JsonFields.text(object, ID),
        MatchJson.fromTree(object.path(MATCH)),
        JsonFields.text(object, AUTHOR),
        JsonFields.text(object, REASON),
        JsonFields.isoTime(object, STARTS_AT),
        JsonFields.isoTime(object, ENDS_AT),
        JsonFields.isoTime(object, CREATED_AT));
  }

  /** A serde for Kafka; bytes that are no silence fail with a SerializationException. */
  public static Serde<Silence> serde() {
    return JsonSerde.of(SilenceJson::toJson, SilenceJson::fromJson);
  }
}
