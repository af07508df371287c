package io.inferwarden.ingest.source.litellm;

import static io.inferwarden.ingest.source.json.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.Operation;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.json.ChatBodies;
import io.inferwarden.ingest.source.json.EventDraft;
import io.inferwarden.ingest.source.json.JsonElements;
import io.inferwarden.ingest.source.json.JsonFields;
import io.inferwarden.ingest.source.json.JsonTimes;
import io.inferwarden.ingest.source.json.JsonTrees;
import io.inferwarden.ingest.source.json.RejectedJsonException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's standard logging payload, one, an array of them, or JSON lines. Calls that are neither
 * generation nor embedding (images, speech, moderation and their like) are skipped.
 */
public final class LiteLlmSource implements EventSource {
  private static final List<String> PRINCIPALS =
      List.of("user_api_key_hash", "user_api_key_user_id", "user_api_key_end_user_id");
  private static final List<String> ORGANISATIONS =
      List.of("user_api_key_org_id", "user_api_key_team_id");
  private static final String REDACTED = "redacted-by-litellm";

  @Override
  public String name() {
    return "litellm";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    JsonElements.read(
        payload.body(),
        (place, json, offset, length) -> {
          try {
            JsonNode call = JsonTrees.readObject(json, offset, length);
            readCall(call, place, payload.receivedAtMillis(), found);
          } catch (RejectedJsonException rejected) {
            found.rejected(place, rejected.why());
          }
        });
  }

  private static void readCall(
      JsonNode call, String place, long receivedAtMillis, RawEvents found) {
    Operation operation = operation(text(call, "call_type"));
    if (operation == null) {
      found.skipped(place);
      return;
    }
    JsonNode response = call.path("response");
    EventDraft event =
        new EventDraft().id(text(call, "id")).operation(operation).status(status(call));
    readWho(call, event);
    readTimes(call, receivedAtMillis, event);
    readModel(call, response, event);
    readTexts(call, response, operation, event);
    event.guard(LiteLlmGuard.verdict(guardrails(call), isFailed(call))).giveTo(place, found);
  }

  private static void readWho(JsonNode call, EventDraft event) {
    JsonNode metadata = call.path("metadata");
    String ip = JsonFields.firstAddress(text(call, "requester_ip_address"));
    if (ip.isEmpty()) {
      ip = JsonFields.firstAddress(text(metadata, "requester_ip_address"));
    }
    String principal = JsonFields.firstText(metadata, PRINCIPALS);
    if (principal.isEmpty()) {
      principal = text(call, "end_user");
    }
    event
        .principal(principal.isEmpty() ? ip : principal)
        .org(JsonFields.firstText(metadata, ORGANISATIONS))
        .ip(ip);
  }

  private static void readTimes(JsonNode call, long receivedAtMillis, EventDraft event) {
    OptionalDouble start = JsonTimes.epochMillis(call.path("startTime"));
    OptionalDouble end = JsonTimes.epochMillis(call.path("endTime"));
    event.timeMillis(start.orElse(end.orElse((double) receivedAtMillis)));
    if (start.isPresent() && end.isPresent()) {
      // Seconds as floating point carry no more than microseconds.
      double micros = Math.rint((end.getAsDouble() - start.getAsDouble()) * 1000);
      event.latencyMillis(micros / 1000);
    }
  }

  private static void readModel(JsonNode call, JsonNode response, EventDraft event) {
    String group = text(call, "model_group");
    String model = group.isBlank() ? text(call, "model") : group;
    String served = text(response, "model");
    event.model(model).version(served.equals(model) ? "" : served);
  }

  private static void readTexts(
      JsonNode call, JsonNode response, Operation operation, EventDraft event) {
    JsonNode prompt = call.path("messages");
    String asked = ChatBodies.asked(prompt.has("messages") ? prompt.path("messages") : prompt);
    if (!asked.equals(REDACTED)) {
      event.inputText(asked);
    }
    boolean isFailed = isFailed(call);
    event.inputTokens(tokens(call, "prompt_tokens", isFailed));
    if (operation == Operation.GENERATE) {
      String answered = ChatBodies.answered(response);
      if (!answered.equals(REDACTED)) {
        event.outputText(answered);
      }
      event
          .finishReason(ChatBodies.finishReason(response))
          .outputTokens(tokens(call, "completion_tokens", isFailed));
    }
  }

  /** Tokens, or -1: a call that failed counts 0 for what nobody counted. */
  private static long tokens(JsonNode call, String field, boolean isFailed) {
    long tokens = JsonFields.count(call, field);
    return tokens == 0 && isFailed ? -1 : tokens;
  }

  private static boolean isFailed(JsonNode call) {
    return text(call, "status").equals("failure");
  }

  private static String status(JsonNode call) {
    if (!isFailed(call)) {
      return "";
    }
    JsonNode error = call.path("error_information");
    String errorClass = text(error, "error_class");
    if (!errorClass.isBlank()) {
      return errorClass;
    }
    String code = text(error, "error_code");
    return code.isBlank() ? "error" : "http_" + code;
  }

  private static JsonNode guardrails(JsonNode call) {
    JsonNode guardrails = call.path("guardrail_information");
    return guardrails.isContainerNode()
        ? guardrails
        : call.path("metadata").path("standard_logging_guardrail_information");
  }

  /** What a type of call asks for; null for what is no inference over text. */
  private static @Nullable Operation operation(String callType) {
    String type = callType.toLowerCase(Locale.ROOT).replace("litellm.", "");
    return switch (type) {
      case "",
          "completion",
          "acompletion",
          "text_completion",
          "atext_completion",
          "responses",
          "aresponses",
          "anthropic_messages",
          "generate_content",
          "agenerate_content",
          "generate_content_stream",
          "agenerate_content_stream" ->
          Operation.GENERATE;
      case "embedding", "aembedding" -> Operation.EMBED;
      default -> null;
    };
  }
}
