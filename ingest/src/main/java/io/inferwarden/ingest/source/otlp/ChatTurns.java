package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads messages out of the shapes that instrumentations give them. */
final class ChatTurns {
  private static final int DEEPEST_CONTENT = 8;
  private static final int DEEPEST_WRAPPING = 4;

  /** Fields that hold messages, in what was sent to a model or came from it. */
  private static final List<String> WRAPPERS =
      List.of("messages", "choices", "prompt", "input", "message");

  private static final List<String> ROLES = List.of("role", "message.role");
  private static final List<String> CONTENTS =
      List.of("parts", "content", "message.content", "message.contents", "text");
  private static final List<String> TEXTS =
      List.of("content", "text", "message_content.text", "parts", "response", "result");
  private static final List<String> REASONS = List.of("finish_reason", "finishReason");

  private final List<ChatTurn> turns = new ArrayList<>();

  private ChatTurns() {}

  /** The messages in a value: an array, an object, JSON in a text, or a text that is a message. */
  static List<ChatTurn> in(JsonNode value, String defaultRole) {
    ChatTurns found = new ChatTurns();
    if (value.isTextual()) {
      found.addText(value.textValue(), defaultRole);
    } else {
      found.add(value, defaultRole, 0);
    }
    return found.turns;
  }

  /** What an array of parts, or a single one, says in words. */
  static String textOf(JsonNode content) {
    StringBuilder text = new StringBuilder();
    appendText(content, text, 0);
    return text.toString();
  }

  /** What a content says that may be a text, or parts as JSON in a text. */
  static String textOfJson(String content) {
    if (content.startsWith("[{")) {
      String text = textOf(BoundedJson.within(content));
      return text.isEmpty() ? content : text;
    }
    return content;
  }

  private void addText(String text, String role) {
    if (looksLikeJson(text)) {
      add(BoundedJson.within(text), role, 0);
    }
    boolean saysNothing = turns.stream().allMatch(turn -> turn.text().isEmpty());
    // A question may well be JSON without being messages, and a cut-off array is none any more.
    if (saysNothing && turns.stream().allMatch(turn -> turn.role().equals(role))) {
      turns.clear();
      turns.add(new ChatTurn(role, text, ""));
    }
  }

  private void add(JsonNode value, String role, int depth) {
    if (depth > DEEPEST_WRAPPING) {
      return;
    }
    if (value.isArray()) {
      value.forEach(element -> add(element, role, depth + 1));
    } else if (value.isTextual()) {
      turns.add(new ChatTurn(role, value.textValue(), ""));
    } else if (value.isObject()) {
      addObject(value, role, depth);
    }
  }

  private void addObject(JsonNode object, String role, int depth) {
    JsonNode content = first(object, CONTENTS);
    String said = first(object, ROLES).asText("").toLowerCase(Locale.ROOT);
    String reason = first(object, REASONS).asText("");
    if (!content.isMissingNode() || !said.isEmpty()) {
      turns.add(new ChatTurn(said.isEmpty() ? role : said, textOf(content), reason));
      return;
    }
    JsonNode wrapped = first(object, WRAPPERS);
    int before = turns.size();
    add(wrapped, role, depth + 1);
    if (!reason.isEmpty() && turns.size() > before) {
      ChatTurn turn = turns.get(before);
      turns.set(before, new ChatTurn(turn.role(), turn.text(), reason));
    }
  }

  private static void appendText(JsonNode content, StringBuilder text, int depth) {
    if (depth > DEEPEST_CONTENT) {
      return;
    }
    if (content.isTextual()) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(content.textValue());
    } else if (content.isArray()) {
      content.forEach(part -> appendText(part, text, depth + 1));
    } else if (content.isObject() && isOfWords(content)) {
      JsonNode words = first(content, TEXTS);
      // The result of a tool may be any object: its JSON is what the model read.
      if (words.isObject() && first(words, TEXTS).isMissingNode()) {
        text.append(text.isEmpty() ? "" : "\n").append(words);
      } else {
        appendText(words, text, depth + 1);
      }
    }
  }

  /** Calls of tools and trains of thought are no part of what is asked or answered. */
  private static boolean isOfWords(JsonNode part) {
    String type = part.path("type").asText(part.path("message_content.type").asText(""));
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "tool_call", "tool_use", "function_call", "reasoning", "thinking" -> false;
      default -> true;
    };
  }

  private static boolean looksLikeJson(String text) {
    String stripped = text.stripLeading();
    return stripped.startsWith("[") || stripped.startsWith("{");
  }

  private static JsonNode first(JsonNode object, List<String> fields) {
    for (String field : fields) {
      JsonNode value = object.path(field);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return ProtobufValues.NO_VALUE;
  }
}
