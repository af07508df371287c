package io.inferwarden.alerting.sink.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Slack documents of the messages that it takes; what it says when one breaks a rule. */
final class SlackRules {
  private final List<String> broken = new ArrayList<>();
  private int characters;

  private SlackRules() {}

  /** What is wrong with a message; empty when nothing is. */
  static List<String> brokenBy(JsonNode message) {
    SlackRules rules = new SlackRules();
    rules.check(message);
    return rules.broken;
  }

  private void check(JsonNode message) {
    hasOnly("message", message, Set.of("text", "mrkdwn", "blocks"));
    escaped("text", message.path("text").asText());
    length("text", message.path("text").asText(), 1, 40_000);
    characters += message.path("text").asText().length();
    require(message.path("mrkdwn").isBoolean(), "mrkdwn must be a boolean");
    JsonNode blocks = message.path("blocks");
    require(!blocks.isEmpty() && blocks.size() <= 50, "blocks must be 1 to 50");
    blocks.forEach(this::checkBlock);
    require(characters <= 9_000, "msg_blocks_too_long: " + characters);
  }

  private void checkBlock(JsonNode block) {
    switch (block.path("type").asText()) {
      case "header" -> {
        hasOnly("header", block, Set.of("type", "text", "block_id"));
        plainText("header", block.path("text"), 150);
      }
      case "section" -> checkSection(block);
      case "context" -> {
        hasOnly("context", block, Set.of("type", "elements"));
        JsonNode elements = block.path("elements");
        require(!elements.isEmpty() && elements.size() <= 10, "context takes 1 to 10 elements");
        elements.forEach(element -> text("context", element, 3000));
      }
      case "actions" -> {
        hasOnly("actions", block, Set.of("type", "elements"));
        JsonNode elements = block.path("elements");
        require(!elements.isEmpty() && elements.size() <= 25, "actions takes 1 to 25 elements");
        elements.forEach(this::checkButton);
      }
      default -> broken.add("unknown block " + block.path("type"));
    }
  }

  private void checkSection(JsonNode block) {
    hasOnly("section", block, Set.of("type", "text", "fields"));
    require(block.has("text") || block.has("fields"), "section needs text or fields");
    if (block.has("text")) {
      text("section", block.path("text"), 3000);
    }
    if (block.has("fields")) {
      JsonNode fields = block.path("fields");
      require(!fields.isEmpty() && fields.size() <= 10, "section takes 1 to 10 fields");
      fields.forEach(field -> text("field", field, 2000));
    }
  }

  private void checkButton(JsonNode button) {
    hasOnly("button", button, Set.of("type", "text", "url", "action_id"));
    require(button.path("type").asText().equals("button"), "only buttons are known");
    plainText("button", button.path("text"), 75);
    length("url", button.path("url").asText(), 1, 3000);
    length("action_id", button.path("action_id").asText(), 1, 255);
  }

  private void plainText(String where, JsonNode text, int most) {
    require(text.path("type").asText().equals("plain_text"), where + " takes plain_text only");
    text(where, text, most);
  }

  private void text(String where, JsonNode text, int most) {
    boolean isPlain = text.path("type").asText().equals("plain_text");
    require(isPlain || text.path("type").asText().equals("mrkdwn"), where + " needs a text object");
    hasOnly(where, text, isPlain ? Set.of("type", "text", "emoji") : Set.of("type", "text"));
    String content = text.path("text").asText();
    length(where, content, 1, most);
    escaped(where, content);
    characters += content.length();
  }

  private void escaped(String where, String text) {
    boolean isEscaped = !text.replaceAll("&(amp|lt|gt);", "").matches("(?s).*[&<>].*");
    require(isEscaped, where + " holds control characters: " + text);
  }

  private void length(String where, String text, int least, int most) {
    boolean fits = text.length() >= least && text.length() <= most;
    require(fits, where + " must have " + least + " to " + most + ", had " + text.length());
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
