package io.inferwarden.ingest.source.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Messages that came as flat attributes with numbers in their names. */
final class NumberedTurns {
  private NumberedTurns() {}

  /** Messages such as {@code gen_ai.prompt.0.content}, up to the first number that is missing. */
  static List<ChatTurn> in(Attributes attributes, String prefix, String infix, String defaultRole) {
    List<ChatTurn> turns = new ArrayList<>();
    while (true) {
      String message = prefix + turns.size() + infix;
      String role = attributes.text(message + "role").toLowerCase(Locale.ROOT);
      String text = ChatTurns.textOfJson(attributes.text(message + "content"));
      if (text.isEmpty()) {
        text = contents(attributes, message + "contents.");
      }
      String reason = attributes.text(message + "finish_reason");
      if (role.isEmpty() && text.isEmpty() && reason.isEmpty()) {
        return turns;
      }
      turns.add(new ChatTurn(role.isEmpty() ? defaultRole : role, text, reason));
    }
  }

  /** Texts that embeddings were made of. */
  static List<ChatTurn> embedded(Attributes attributes) {
    List<ChatTurn> turns = new ArrayList<>();
    while (true) {
      String text = attributes.text("embedding.embeddings." + turns.size() + ".embedding.text");
      if (text.isEmpty()) {
        return turns;
      }
      turns.add(new ChatTurn("user", text, ""));
    }
  }

  private static String contents(Attributes attributes, String prefix) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; ; i++) {
      String part = prefix + i + ".message_content.";
      if (!attributes.has(part + "type") && !attributes.has(part + "text")) {
        return text.toString();
      }
      String words = attributes.text(part + "text");
      text.append(text.isEmpty() || words.isEmpty() ? "" : "\n").append(words);
    }
  }
}
