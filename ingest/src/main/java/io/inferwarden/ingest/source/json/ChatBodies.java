package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads texts, tokens and reasons out of the bodies of language models: those of OpenAI's
 * completions, chat completions and responses, and of Anthropic's messages.
 */
public final class ChatBodies {
  private static final int PARTS = 1000;

  private ChatBodies() {}

  /**
   * What the user asked: a prompt, or the text of the last message that is the user's (of the last
   * message at all when none is). Content in parts gives their texts, a line each.
   *
   * @param prompt a string, a list of strings, or a list of messages
   */
  public static String asked(JsonNode prompt) {
    if (!prompt.isArray()) {
      return content(prompt.isObject() ? prompt.path("content") : prompt);
    }
    for (int i = prompt.size() - 1; i >= 0; i--) {
      if (prompt.get(i).path("role").asText().equals("user")) {
        return content(prompt.get(i).path("content"));
      }
    }
    JsonNode last = prompt.path(prompt.size() - 1);
    return last.isObject() && last.has("content") ? content(last.path("content")) : content(prompt);
  }

  /** What the model said: the first choice, the message, or the parts of the output; or empty. */
  public static String answered(JsonNode response) {
    if (response.isTextual()) {
      return response.textValue();
    }
    JsonNode choice = response.path("choices").path(0);
    if (choice.isObject()) {
      JsonNode message = choice.path("message").isObject() ? choice.path("message") : choice;
      String text = content(message.path("content"));
      return text.isEmpty() ? content(choice.path("text")) : text;
    }
    if (response.path("output").isArray()) {
      StringBuilder text = new StringBuilder();
      for (JsonNode item : response.path("output")) {
        append(text, content(item.path("content")));
      }
      return text.toString();
    }
    return content(response.path("content"));
  }

  /** Why the model stopped, or empty. */
  public static String finishReason(JsonNode response) {
    String reason = response.path("choices").path(0).path("finish_reason").asText("");
    return reason.isEmpty() || reason.equals("null")
        ? response.path("stop_reason").asText("")
        : reason;
  }

  /** Tokens of the input that the response counts, or -1. */
  public static long inputTokens(JsonNode response) {
    long tokens = JsonFields.count(response.path("usage"), "prompt_tokens");
    return tokens >= 0 ? tokens : JsonFields.count(response.path("usage"), "input_tokens");
  }

  /** Tokens of the output that the response counts, or -1. */
  public static long outputTokens(JsonNode response) {
    long tokens = JsonFields.count(response.path("usage"), "completion_tokens");
    return tokens >= 0 ? tokens : JsonFields.count(response.path("usage"), "output_tokens");
  }

  private static String content(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; content.isArray() && i < Math.min(PARTS, content.size()); i++) {
      JsonNode part = content.get(i);
      append(text, part.isTextual() ? part.textValue() : part.path("text").asText(""));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String part) {
    if (!part.isEmpty() && text.length() < EventDraft.LONGEST_TEXT) {
      if (text.length() > 0) {
        text.append('\n');
      }
      text.append(part);
    }
  }
}
