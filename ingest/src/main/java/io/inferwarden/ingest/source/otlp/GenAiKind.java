package io.inferwarden.ingest.source.otlp;

import java.util.Locale;

/** What a span or log record tells of. */
enum GenAiKind {
  /** A model wrote an answer. */
  GENERATE("generate"),
  /** A model gave embeddings. */
  EMBED("embed"),
  /** A model was asked, for what is not said. */
  INFERENCE(""),
  /** A guard judged what goes to a model or comes from it. */
  GUARD(""),
  /**
   * Neither: another kind of span, or an agent's or tool's, whose models have spans of their own.
   */
  OTHER("");

  private final String operation;

  GenAiKind(String operation) {
    this.operation = operation;
  }

  /** The word of the event contract; empty when there is none. */
  String operation() {
    return operation;
  }

  boolean isInference() {
    return this == GENERATE || this == EMBED || this == INFERENCE;
  }

  static GenAiKind of(Attributes attributes) {
    String operation = attributes.text(GenAiNames.OPERATION);
    if (!operation.isEmpty()) {
      return ofOperation(operation, attributes);
    }
    String openInference = attributes.text(GenAiNames.OPENINFERENCE_KIND);
    if (!openInference.isEmpty()) {
      return switch (openInference.toUpperCase(Locale.ROOT)) {
        case "LLM" -> GENERATE;
        case "EMBEDDING" -> EMBED;
        case "GUARDRAIL" -> GUARD;
        default -> OTHER;
      };
    }
    return switch (attributes.text(GenAiNames.REQUEST_TYPE).toLowerCase(Locale.ROOT)) {
      case "chat", "completion" -> GENERATE;
      case "embedding" -> EMBED;
      case "rerank" -> OTHER;
      default -> ofSigns(attributes);
    };
  }

  private static GenAiKind ofOperation(String operation, Attributes attributes) {
    return switch (operation.toLowerCase(Locale.ROOT)) {
      case "chat", "text_completion", "generate_content", "completion" -> GENERATE;
      case "embeddings", "embedding" -> EMBED;
      case "apply_guardrail" -> GUARD;
      case "create_agent",
          "invoke_agent",
          "invoke_workflow",
          "execute_tool",
          "retrieval",
          "rerank",
          "plan" ->
          OTHER;
      // An operation of a later edition: an inference when it used a model's tokens.
      default -> hasModel(attributes) && hasTokens(attributes) ? INFERENCE : OTHER;
    };
  }

  private static GenAiKind ofSigns(Attributes attributes) {
    if (attributes.hasAny(GenAiNames.OUTPUT_TOKENS)) {
      return GENERATE;
    }
    if (hasModel(attributes) || hasTokens(attributes)) {
      return INFERENCE;
    }
    if (attributes.hasAny(GuardVerdict.ATTRIBUTES)) {
      return GUARD;
    }
    boolean isOfWorkflow = attributes.has(GenAiNames.TRACELOOP_KIND);
    return !isOfWorkflow && attributes.hasAny(GenAiNames.PROVIDER) ? INFERENCE : OTHER;
  }

  private static boolean hasModel(Attributes attributes) {
    return attributes.hasAny(GenAiNames.REQUEST_MODEL)
        || attributes.hasAny(GenAiNames.RESPONSE_MODEL);
  }

  private static boolean hasTokens(Attributes attributes) {
    return attributes.hasAny(GenAiNames.INPUT_TOKENS)
        || attributes.hasAny(GenAiNames.OUTPUT_TOKENS);
  }
}
