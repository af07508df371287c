package io.inferwarden.alerting.sink.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of the schema of adaptive cards 1.2 that our cards use, and the envelope that a
 * Workflows webhook takes: each element with all of its properties and the values that they may
 * have.
 */
final class AdaptiveCardRules {
  private static final Set<String> SPACING =
      Set.of("Default", "None", "Small", "Medium", "Large", "ExtraLarge", "Padding");
  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "color", Set.of("Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention"),
          "size", Set.of("Default", "Small", "Medium", "Large", "ExtraLarge"),
          "weight", Set.of("Default", "Lighter", "Bolder"),
          "spacing", SPACING);
  private static final Set<String> SWITCHES = Set.of("wrap", "isSubtle", "separator");
  private static final Set<String> TEXT_BLOCK =
      Set.of(
          "type",
          "id",
          "text",
          "color",
          "size",
          "weight",
          "spacing",
          "wrap",
          "isSubtle",
          "separator");

  private final List<String> broken = new ArrayList<>();

  private AdaptiveCardRules() {}

  /** What is wrong with a message; empty when nothing is. */
  static List<String> brokenBy(JsonNode message) {
    AdaptiveCardRules rules = new AdaptiveCardRules();
    rules.checkEnvelope(message);
    return rules.broken;
  }

  private void checkEnvelope(JsonNode message) {
    hasExactly("message", message, Set.of("type", "attachments"));
    is(message.path("type"), "message");
    require(message.path("attachments").size() == 1, "one attachment is wanted");
    JsonNode attachment = message.path("attachments").path(0);
    hasExactly("attachment", attachment, Set.of("contentType", "contentUrl", "content"));
    is(attachment.path("contentType"), "application/vnd.microsoft.card.adaptive");
    require(attachment.path("contentUrl").isNull(), "contentUrl must be null");
    checkCard(attachment.path("content"));
  }

  private void checkCard(JsonNode card) {
    hasOnly(
        "card",
        card,
        Set.of("$schema", "type", "version", "msteams", "fallbackText", "body", "actions"));
    is(card.path("$schema"), "http://adaptivecards.io/schemas/adaptive-card.json");
    is(card.path("type"), "AdaptiveCard");
    is(card.path("version"), "1.2");
    is(card.path("msteams").path("width"), "full");
    text(card.path("fallbackText"));
    require(card.path("body").isArray() && !card.path("body").isEmpty(), "body must be filled");
    card.path("body").forEach(this::checkElement);
    card.path("actions").forEach(this::checkAction);
  }

  private void checkElement(JsonNode element) {
    switch (element.path("type").asText()) {
      case "TextBlock" -> {
        hasOnly("TextBlock", element, TEXT_BLOCK);
        text(element.path("text"));
        CHOICES.forEach((name, values) -> choice(element, name, values));
        for (String name : SWITCHES) {
          require(!element.has(name) || element.path(name).isBoolean(), name + " is a boolean");
        }
      }
      case "FactSet" -> {
        hasExactly("FactSet", element, Set.of("type", "facts"));
        require(!element.path("facts").isEmpty(), "facts must be filled");
        for (JsonNode fact : element.path("facts")) {
          hasExactly("Fact", fact, Set.of("title", "value"));
          text(fact.path("title"));
          text(fact.path("value"));
        }
      }
      default -> broken.add("unknown element " + element.path("type"));
    }
  }

  private void checkAction(JsonNode action) {
    hasExactly("action", action, Set.of("type", "title", "url"));
    is(action.path("type"), "Action.OpenUrl");
    text(action.path("title"));
    require(URI.create(action.path("url").asText()).isAbsolute(), "url must be absolute");
  }

  private void choice(JsonNode element, String name, Set<String> values) {
    boolean isKnown = !element.has(name) || values.contains(element.path(name).asText());
    require(isKnown, name + " is none of " + values);
  }

  private void text(JsonNode text) {
    require(text.isTextual() && !text.asText().isBlank(), "a text must not be blank, was " + text);
  }

  private void is(JsonNode node, String value) {
    require(node.isTextual() && node.asText().equals(value), "must be " + value + ", was " + node);
  }

  private void hasExactly(String where, JsonNode object, Set<String> names) {
    hasOnly(where, object, names);
    names.forEach(name -> require(object.has(name), where + " needs " + name));
  }

  private void hasOnly(String where, JsonNode object, Set<String> names) {
    object
        .fieldNames()
        .forEachRemaining(name -> require(names.contains(name), where + " has no " + name));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }
}
