package io.inferwarden.alerting.sink.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a webhook says: the same bytes on every attempt.
 *
 * <p>The body is {@code {"type", "timestamp", "data"}}, {@code data} being the incident in its JSON
 * form. It names at most {@value #MOST_MODELS} models and {@value #MOST_MEMBERS} members. Where it
 * would still be too large, first long texts are cut and {@code textsCut} says so, then the
 * histograms are left out, then further members, the latest first, then the reasons, the weakest
 * first; {@code data} says how many: {@code modelsOmitted}, {@code membersOmitted}, {@code
 * histogramsOmitted}, {@code evidenceOmitted}.
 */
final class WebhookMessage {
  /** Standard Webhooks asks for payloads below 20 kB. */
  static final int MAXIMUM_BYTES = 20_000;

  private static final int MOST_MODELS = 50;
  private static final int MOST_MEMBERS = 50;
  private static final int FEWEST_MODELS = 5;

  /** How long a text may be where the whole is too large; the second when nothing else helped. */
  private static final int LONG_TEXT = 1_000;

  private static final int SHORT_TEXT = 100;

  private static final String TEXTS_CUT = "textsCut";

  private final ObjectNode message = JsonNodeFactory.instance.objectNode();
  private final ObjectNode data;
  private byte[] bytes = {};

  private WebhookMessage(Notification notification) {
    Incident incident = notification.incident();
    data = IncidentJson.toTree(incident);
    message.put("type", WebhookType.of(notification));
    message.put("timestamp", JsonFields.isoTime(WebhookTime.millis(incident)));
    message.set("data", data);
  }

  /** The body for a notification. */
  static byte[] body(Notification notification) throws DeliveryException {
    WebhookMessage message = new WebhookMessage(notification);
    message.makeFit();
    return message.bytes;
  }

  private void makeFit() throws DeliveryException {
    keepFirst(JsonNames.MODELS, MOST_MODELS, JsonNames.MODELS_OMITTED);
    keepFirst(JsonNames.MEMBERS, MOST_MEMBERS, JsonNames.MEMBERS_OMITTED);
    if (isTooLarge()) {
      cutTexts(LONG_TEXT);
    }
    for (int omitted = 1; isTooLarge() && leavesOutHistogram(); omitted++) {
      data.put(JsonNames.HISTOGRAMS_OMITTED, omitted);
    }
    keepWhatFits(JsonNames.MEMBERS, JsonNames.MEMBERS_OMITTED);
    keepWhatFits(JsonNames.EVIDENCE, JsonNames.EVIDENCE_OMITTED);
    if (isTooLarge()) {
      cutTexts(SHORT_TEXT);
      keepFirst(JsonNames.MODELS, FEWEST_MODELS, JsonNames.MODELS_OMITTED);
    }
    if (isTooLarge()) {
      throw DeliveryException.permanent(
          "payload must be < " + MAXIMUM_BYTES + " bytes, was " + bytes.length);
    }
  }

  private boolean isTooLarge() {
    bytes = message.toString().getBytes(StandardCharsets.UTF_8);
    return bytes.length >= MAXIMUM_BYTES;
  }

  private void keepWhatFits(String name, String omittedName) {
    for (int left = data.path(name).size(); left > 0 && isTooLarge(); left--) {
      keepFirst(name, left - 1, omittedName);
    }
  }

  /** Shortens an array and adds to the count of what was left out of it. */
  private void keepFirst(String name, int most, String omittedName) {
    ArrayNode array = (ArrayNode) data.path(name);
    int omitted = array.size() - most;
    if (omitted > 0) {
      while (array.size() > most) {
        array.remove(array.size() - 1);
      }
      data.put(omittedName, data.path(omittedName).asInt() + omitted);
    }
  }

  /** Takes the histogram from the weakest reason that has one; false when none has. */
  private boolean leavesOutHistogram() {
    JsonNode evidence = data.path(JsonNames.EVIDENCE);
    for (int i = evidence.size() - 1; i >= 0; i--) {
      JsonNode change = evidence.path(i).path(JsonNames.CHANGE);
      if (change instanceof ObjectNode object && object.remove(JsonNames.HISTOGRAM) != null) {
        return true;
      }
    }
    return false;
  }

  private void cutTexts(int mostCharacters) {
    if (cutsTexts(data, mostCharacters)) {
      data.put(TEXTS_CUT, true);
    }
  }

  /** Cuts every text within the node; whether there was one to cut. */
  private static boolean cutsTexts(JsonNode node, int mostCharacters) {
    boolean isCut = false;
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (isLong(field.getValue(), mostCharacters)) {
          field.setValue(cut(field.getValue().textValue(), mostCharacters));
          isCut = true;
        }
        isCut |= cutsTexts(field.getValue(), mostCharacters);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (isLong(array.get(i), mostCharacters)) {
          array.set(i, cut(array.get(i).textValue(), mostCharacters));
          isCut = true;
        }
        isCut |= cutsTexts(array.get(i), mostCharacters);
      }
    }
    return isCut;
  }

  private static boolean isLong(JsonNode node, int mostCharacters) {
    return node.isTextual() && node.textValue().length() > mostCharacters;
  }

  private static TextNode cut(String text, int mostCharacters) {
    int end = Character.isHighSurrogate(text.charAt(mostCharacters - 2)) ? 2 : 1;
    return TextNode.valueOf(text.substring(0, mostCharacters - end) + "…");
  }
}
