package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Messages that came as events, one each: the older editions of the conventions. */
final class EventTurns {
  private static final String CHOICE = "gen_ai.choice";

  private EventTurns() {}

  /** Whether an event of this name is a message. */
  static boolean isMessage(String eventName) {
    return eventName.equals(CHOICE) || !roleOf(eventName).isEmpty();
  }

  static List<ChatTurn> questions(List<OtlpEvent> events) {
    List<ChatTurn> turns = new ArrayList<>();
    for (OtlpEvent event : events) {
      String role = roleOf(event.name());
      if (!role.isEmpty()) {
        turns.addAll(ChatTurns.in(message(event), role));
      } else if (event.name().equals("gen_ai.content.prompt")) {
        turns.addAll(ChatTurns.in(event.attributes().value("gen_ai.prompt"), "user"));
      }
    }
    return turns;
  }

  static List<ChatTurn> answers(List<OtlpEvent> events) {
    List<ChatTurn> turns = new ArrayList<>();
    for (OtlpEvent event : events) {
      if (event.name().equals(CHOICE)) {
        turns.addAll(ChatTurns.in(message(event), "assistant"));
      } else if (event.name().equals("gen_ai.content.completion")) {
        turns.addAll(ChatTurns.in(event.attributes().value("gen_ai.completion"), "assistant"));
      }
    }
    return turns;
  }

  /** The message, from the record's body, from JSON in an attribute, or from plain attributes. */
  private static JsonNode message(OtlpEvent event) {
    if (!event.body().isMissingNode()) {
      return event.body();
    }
    Attributes attributes = event.attributes();
    JsonNode content = attributes.value("gen_ai.event.content");
    if (!content.isMissingNode()) {
      return content;
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("content", "message", "finish_reason")) {
      JsonNode value = attributes.value(field);
      if (value.isTextual() && value.textValue().startsWith("{")) {
        JsonNode parsed = BoundedJson.within(value.textValue());
        value = parsed.isMissingNode() ? value : parsed;
      }
      if (!value.isMissingNode()) {
        message.set(field, value);
      }
    }
    return message;
  }

  private static String roleOf(String eventName) {
    return switch (eventName) {
      case "gen_ai.system.message" -> "system";
      case "gen_ai.user.message" -> "user";
      case "gen_ai.assistant.message" -> "assistant";
      case "gen_ai.tool.message" -> "tool";
      default -> "";
    };
  }
}
