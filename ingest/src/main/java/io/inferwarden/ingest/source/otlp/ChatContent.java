package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was asked and answered. Asked is what is new in the request: all that came behind the
 * model's last answer but for instructions, which in a chat is the user's last message, and in an
 * agent's loop what the tools brought. Its {@code toString} holds no text.
 *
 * @param asked empty when the texts were not captured
 * @param answered first answer, where several were asked for; empty when not captured
 * @param finishReason why the model stopped; empty when not said
 */
record ChatContent(String asked, String answered, String finishReason) {
  @Override
  public String toString() {
    return "ChatContent[" + asked.length() + " and " + answered.length() + " characters]";
  }

  static ChatContent of(Attributes attributes, List<OtlpEvent> events) {
    List<ChatTurn> answers = answers(attributes, events);
    String reason = firstReason(attributes.value(GenAiNames.FINISH_REASONS));
    return new ChatContent(
        asked(questions(attributes, events)),
        answered(answers),
        reason.isEmpty() ? reason(answers) : reason);
  }

  private static List<ChatTurn> questions(Attributes attributes, List<OtlpEvent> events) {
    List<Supplier<List<ChatTurn>>> candidates = new ArrayList<>();
    candidates.add(() -> ChatTurns.in(attributes.value("gen_ai.input.messages"), "user"));
    candidates.add(() -> ofDetails(events, "gen_ai.input.messages", "user"));
    candidates.add(() -> NumberedTurns.in(attributes, "gen_ai.prompt.", ".", "user"));
    candidates.add(() -> NumberedTurns.in(attributes, "llm.prompts.", ".", "user"));
    candidates.add(() -> NumberedTurns.in(attributes, "llm.input_messages.", ".message.", "user"));
    candidates.add(() -> ChatTurns.in(attributes.value("llm.input_messages"), "user"));
    candidates.add(() -> EventTurns.questions(events));
    candidates.add(() -> ChatTurns.in(attributes.value("gen_ai.prompt"), "user"));
    candidates.add(() -> NumberedTurns.embedded(attributes));
    candidates.add(() -> ChatTurns.in(attributes.value("input.value"), "user"));
    return firstWithText(candidates);
  }

  private static List<ChatTurn> answers(Attributes attributes, List<OtlpEvent> events) {
    List<Supplier<List<ChatTurn>>> candidates = new ArrayList<>();
    candidates.add(() -> ChatTurns.in(attributes.value("gen_ai.output.messages"), "assistant"));
    candidates.add(() -> ofDetails(events, "gen_ai.output.messages", "assistant"));
    candidates.add(() -> NumberedTurns.in(attributes, "gen_ai.completion.", ".", "assistant"));
    candidates.add(() -> NumberedTurns.in(attributes, "llm.completions.", ".", "assistant"));
    candidates.add(
        () -> NumberedTurns.in(attributes, "llm.output_messages.", ".message.", "assistant"));
    candidates.add(() -> ChatTurns.in(attributes.value("llm.output_messages"), "assistant"));
    candidates.add(() -> EventTurns.answers(events));
    candidates.add(() -> ChatTurns.in(attributes.value("gen_ai.completion"), "assistant"));
    candidates.add(() -> ChatTurns.in(attributes.value("output.value"), "assistant"));
    return firstWithText(candidates);
  }

  private static List<ChatTurn> ofDetails(List<OtlpEvent> events, String name, String role) {
    for (OtlpEvent event : events) {
      if (event.name().equals(GenAiNames.DETAILS_EVENT)) {
        return ChatTurns.in(event.attributes().value(name), role);
      }
    }
    return List.of();
  }

  /** The first that says something in words; otherwise the first that there is. */
  private static List<ChatTurn> firstWithText(List<Supplier<List<ChatTurn>>> candidates) {
    List<ChatTurn> any = List.of();
    for (Supplier<List<ChatTurn>> candidate : candidates) {
      List<ChatTurn> turns = candidate.get();
      if (turns.stream().anyMatch(turn -> !turn.text().isEmpty())) {
        return turns;
      }
      any = any.isEmpty() ? turns : any;
    }
    return any;
  }

  private static String asked(List<ChatTurn> turns) {
    int lastAnswer = -1;
    for (int i = 0; i < turns.size(); i++) {
      lastAnswer = turns.get(i).isOfModel() ? i : lastAnswer;
    }
    StringBuilder text = new StringBuilder();
    for (ChatTurn turn : turns.subList(lastAnswer + 1, turns.size())) {
      if (!turn.isInstruction() && !turn.text().isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(turn.text());
      }
    }
    return text.isEmpty() ? lastOfUser(turns) : text.toString();
  }

  /** For a request that ends with the beginning of an answer. */
  private static String lastOfUser(List<ChatTurn> turns) {
    for (int i = turns.size() - 1; i >= 0; i--) {
      if (turns.get(i).role().equals("user") && !turns.get(i).text().isEmpty()) {
        return turns.get(i).text();
      }
    }
    return "";
  }

  private static String answered(List<ChatTurn> turns) {
    for (ChatTurn turn : turns) {
      if (!turn.text().isEmpty() && (turn.isOfModel() || turn.role().isEmpty())) {
        return turn.text();
      }
    }
    return "";
  }

  private static String reason(List<ChatTurn> turns) {
    return turns.isEmpty() ? "" : turns.get(0).finishReason();
  }

  private static String firstReason(JsonNode reasons) {
    if (reasons.isArray()) {
      return reasons.path(0).asText("");
    }
    String text = reasons.asText("");
    return text.startsWith("[") ? BoundedJson.within(text).path(0).asText("") : text;
  }
}
