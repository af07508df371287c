package io.inferwarden.ingest.source.envoy;

import java.util.List;
import java.util.Locale;

/** What an event takes from an access-log line, with the usual names of it in the order tried. */
public enum EnvoyField {
  /** Identifier of the request. */
  ID("x-request-id", "request_id"),
  /** When the request began. */
  TIME("start_time", "time", "timestamp", "@timestamp"),
  /** Milliseconds until the response ended. */
  DURATION("duration", "duration_ms"),
  /** The model that was asked for; a line without one is no inference. */
  MODEL("genai_model_name", "gen_ai.request.model", "x-ai-eg-model"),
  /** The model that answered, which is the event's version where it has another name. */
  SERVED_MODEL("genai_model_name_override", "gen_ai.response.model", "genai_response_model"),
  /** Who asked; the address when there is none of these. */
  PRINCIPAL("x-user-id", "x-api-key-id", "user-id", "x-consumer-id"),
  /** Organisation of the principal. */
  ORGANISATION("x-tenant-id", "x-org-id", "x-team-id"),
  /** Network address of the client, first of a list, with or without port. */
  ADDRESS("x-forwarded-for", "downstream_remote_address"),
  /** Response code of HTTP. */
  STATUS("response_code"),
  /** Path of the request, which tells embedding from generation. */
  PATH("x-envoy-origin-path", "path"),
  /** Tokens of the input. */
  INPUT_TOKENS("genai_tokens_input", "gen_ai.usage.input_tokens", "llm_input_token"),
  /** Tokens of the output. */
  OUTPUT_TOKENS("genai_tokens_output", "gen_ai.usage.output_tokens", "llm_output_token"),
  /** What only lines of the Model Context Protocol have; such a line is skipped. */
  MCP("mcp_method", "mcp.method.name", "mcp_session_id", "mcp.session.id");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> usualNames;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  EnvoyField(String... usualNames) {
    this.usualNames = List.of(usualNames);
  }

  /** The word for it in a configuration, such as {@code input-tokens}. */
  public String code() {
    return code;
  }

  /** Names in the access log that are tried when a map says nothing else. */
  public List<String> usualNames() {
    return usualNames;
  }
}
