package io.inferwarden.ingest.source.otlp;

import java.util.List;

/**
 * Names of attributes, the newest first: the GenAI semantic conventions, their older editions, and
 * those of OpenLLMetry ({@code gen_ai.prompt.0}, {@code llm.usage}) and OpenInference ({@code
 * llm.model_name}, {@code input.value}).
 */
final class GenAiNames {
  static final String OPERATION = "gen_ai.operation.name";
  static final String OPENINFERENCE_KIND = "openinference.span.kind";
  static final String TRACELOOP_KIND = "traceloop.span.kind";
  static final String REQUEST_TYPE = "llm.request.type";
  static final String ERROR_TYPE = "error.type";
  static final String SERVICE_NAME = "service.name";

  static final List<String> REQUEST_MODEL =
      List.of(
          "gen_ai.request.model", "llm.request.model", "llm.model_name", "embedding.model_name");
  static final List<String> RESPONSE_MODEL = List.of("gen_ai.response.model", "llm.response.model");
  static final List<String> INPUT_TOKENS =
      List.of(
          "gen_ai.usage.input_tokens",
          "gen_ai.usage.prompt_tokens",
          "llm.usage.prompt_tokens",
          "llm.token_count.prompt");
  static final List<String> OUTPUT_TOKENS =
      List.of(
          "gen_ai.usage.output_tokens",
          "gen_ai.usage.completion_tokens",
          "llm.usage.completion_tokens",
          "llm.token_count.completion");
  static final List<String> PROVIDER =
      List.of("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system");

  /** Where the peer of a server's span is the caller; on a client's span it is the model. */
  static final List<String> PEER_OF_SERVER =
      List.of("network.peer.address", "net.sock.peer.addr", "net.peer.ip");

  static final String FINISH_REASONS = "gen_ai.response.finish_reasons";

  /** Event of the newest edition that holds a whole inference. */
  static final String DETAILS_EVENT = "gen_ai.client.inference.operation.details";

  private GenAiNames() {}
}
