package io.inferwarden.alerting.sink.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.outbox.Notification;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for a Workflows webhook of Microsoft Teams: one adaptive card, version 1.2, with a
 * headline in the colour of its severity, the facts, the reasons, what to do, and an action where
 * there is a console to link to. The headline's {@code id} is the notification's.
 *
 * <p>The texts are cut so that they hold at most 8,000 UTF-16 units after escaping. Each takes at
 * most three bytes of JSON, so with the frame the body stays below {@value #MOST_BYTES} bytes; only
 * characters beyond the basic plane take six, and a card full of those is cut to half of that.
 */
final class TeamsCard {
  /** Teams refuses messages of about 28 KB. */
  static final int MOST_BYTES = 28_000;

  private static final int HEADLINE_CHARACTERS = 300;
  private static final int VALUE_CHARACTERS = 500;
  private static final int REASON_CHARACTERS = 600;
  private static final int ALL_REASONS_CHARACTERS = 3_400;
  private static final int OWN_CHARACTERS = 500;

  /** By what the length of each text is divided. */
  private final int divisor;

  private TeamsCard(int divisor) {
    this.divisor = divisor;
  }

  /** The body to post. */
  static byte[] of(Notification notification, @Nullable URI linkBase) {
    IncidentStory story = IncidentStory.of(notification, linkBase);
    byte[] body = new TeamsCard(1).body(notification, story);
    return body.length <= MOST_BYTES ? body : new TeamsCard(2).body(notification, story);
  }

  private byte[] body(Notification notification, IncidentStory story) {
    ObjectNode message = JsonFields.newObject().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.2");
    card.putObject("msteams").put("width", "full");
    fill(card, notification, story);
    return JsonFields.bytes(message);
  }

  private void fill(ObjectNode card, Notification notification, IncidentStory story) {
    String headline = text(story.headline(), HEADLINE_CHARACTERS);
    card.put("fallbackText", headline);
    ArrayNode body = card.putArray("body");
    addText(body, headline)
        .put("id", notification.id())
        .put("weight", "Bolder")
        .put("size", "Medium")
        .put("color", color(notification.incident()));
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    for (Fact fact : story.facts()) {
      String value = text(fact.value(), VALUE_CHARACTERS);
      facts.addObject().put("title", fact.name()).put("value", value);
    }
    addReasons(body, story.reasons());
    addText(body, text(story.whatToDo(), OWN_CHARACTERS)).put("separator", true);
    String runbook = "Runbook: " + story.runbook();
    addText(body, text(runbook, OWN_CHARACTERS)).put("isSubtle", true);
    if (story.link() != null) {
      ObjectNode action = card.putArray("actions").addObject();
      action.put("type", "Action.OpenUrl");
      action.put("title", "Open the incident").put("url", story.link().toString());
    }
  }

  private void addReasons(ArrayNode body, List<String> reasons) {
    int left = ALL_REASONS_CHARACTERS / divisor;
    for (int i = 0; i < reasons.size(); i++) {
      String reason = text("• " + reasons.get(i), REASON_CHARACTERS);
      left -= reason.length();
      if (left < 0) {
        addText(body, "• and " + (reasons.size() - i) + " more");
        return;
      }
      addText(body, reason).put("separator", i == 0);
    }
  }

  private String text(String text, int maximumLength) {
    return MarkdownText.of(text, maximumLength / divisor);
  }

  private static ObjectNode addText(ArrayNode body, String escaped) {
    return body.addObject().put("type", "TextBlock").put("text", escaped).put("wrap", true);
  }

  private static String color(Incident incident) {
    if (!incident.isOpen()) {
      return "Good";
    }
    return switch (incident.severity()) {
      case CRITICAL, HIGH -> "Attention";
      case MEDIUM -> "Warning";
      case LOW, INFO -> "Default";
    };
  }
}
