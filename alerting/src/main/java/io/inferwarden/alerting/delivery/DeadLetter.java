package io.inferwarden.alerting.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.outbox.Attempt;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What could not be delivered, and why; enough to deliver it later. */
public sealed interface DeadLetter {
  /** The key of its record: the sink and the notification, or the place of an unreadable record. */
  String key();

  /** The JSON form; {@code reason} says which of the two forms it is. */
  byte[] toJson();

  /**
   * The undelivered notification that a record of the topic holds; empty for an unreadable record.
   *
   * @throws IllegalArgumentException when the bytes are no dead letter
   */
  static Optional<Undelivered> undelivered(byte[] json) {
    JsonNode object = JsonFields.parse(json);
    String reason = JsonFields.text(object, "reason");
    if (reason.equals(Unreadable.REASON)) {
      return Optional.empty();
    }
    if (!reason.equals(Undelivered.REASON)) {
      throw new IllegalArgumentException("reason must be a known one, was " + reason);
    }
    JsonNode notification = object.get("notification");
    if (notification == null || !notification.isObject()) {
      throw new IllegalArgumentException("notification must be an object");
    }
    List<Attempt> history = new ArrayList<>();
    for (JsonNode attempt : JsonFields.array(object, "history")) {
      history.add(
          new Attempt(
              JsonFields.isoTime(attempt, "at"),
              JsonFields.wholeNumber(attempt, "tookMillis"),
              JsonFields.text(attempt, "result")));
    }
    return Optional.of(
        new Undelivered(
            NotificationJson.fromTree(notification),
            JsonFields.text(object, "error"),
            history,
            Math.toIntExact(JsonFields.wholeNumber(object, "attempts")),
            JsonFields.isoTime(object, "at")));
  }

  /**
   * A notification that its sink did not take.
   *
   * @param notification with the sink and the incident
   * @param error why nobody tries any more
   * @param history the attempts, as the ledger keeps them
   * @param attempts how many there were
   * @param atMillis when it was given up, by the clock, milliseconds since the epoch
   */
  record Undelivered(
      Notification notification, String error, List<Attempt> history, int attempts, long atMillis)
      implements DeadLetter {
    static final String REASON = "undelivered";

    public Undelivered {
      history = List.copyOf(history);
    }

    @Override
    public String key() {
      return notification.sink() + "|" + notification.id();
    }

    @Override
    public byte[] toJson() {
      ObjectNode object = JsonFields.newObject();
      object.put("reason", REASON);
      object.put("sink", notification.sink());
      object.put("at", JsonFields.isoTime(atMillis));
      object.put("error", error);
      object.put("attempts", attempts);
      ArrayNode array = object.putArray("history");
      for (Attempt attempt : history) {
        ObjectNode node = array.addObject();
        node.put("at", JsonFields.isoTime(attempt.atMillis()));
        node.put("tookMillis", attempt.tookMillis());
        node.put("result", attempt.result());
      }
      object.set("notification", NotificationJson.toTree(notification));
      return JsonFields.bytes(object);
    }
  }

  /**
   * A record of the outbox that holds no notification.
   *
   * @param topic the topic it stands in
   * @param partition the partition it stands in
   * @param offset its offset there
   * @param error why it is no notification
   * @param valueBase64 its value, in base64; of a very long one the beginning
   */
  record Unreadable(String topic, int partition, long offset, String error, String valueBase64)
      implements DeadLetter {
    static final String REASON = "unreadable";

    @Override
    public String key() {
      return topic + "-" + partition + "@" + offset;
    }

    @Override
    public byte[] toJson() {
      ObjectNode object = JsonFields.newObject();
      object.put("reason", REASON);
      object.put("topic", topic);
      object.put("partition", partition);
      object.put("offset", offset);
      object.put("error", error);
      object.put("valueBase64", valueBase64);
      return JsonFields.bytes(object);
    }
  }
}
