package io.inferwarden.ingest.source.litellm;

import static io.inferwarden.ingest.source.json.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;

/** What LiteLLM's guardrails made of a call, as the one word that an event carries. */
final class LiteLlmGuard {
  private static final int NONE = 0;
  private static final int ALLOW = 1;
  private static final int MODIFY = 2;
  private static final int DENY = 3;

  private LiteLlmGuard() {}

  /**
   * The gravest verdict of one guardrail or of many; empty when none has judged.
   *
   * @param guardrails guardrail information, an object or an array of them
   * @param isFailed whether the call failed, as it does when a guardrail stops it
   */
  static String verdict(JsonNode guardrails, boolean isFailed) {
    int gravest = NONE;
    if (guardrails.isArray()) {
      for (JsonNode guardrail : guardrails) {
        gravest = Math.max(gravest, gravity(guardrail, isFailed));
      }
    } else {
      gravest = gravity(guardrails, isFailed);
    }
    return switch (gravest) {
      case DENY -> "deny";
      case MODIFY -> "modify";
      case ALLOW -> "allow";
      default -> "";
    };
  }

  private static int gravity(JsonNode guardrail, boolean isFailed) {
    return switch (text(guardrail, "guardrail_status")) {
      case "blocked" -> DENY;
      case "guardrail_intervened" -> isFailed ? DENY : MODIFY;
      case "success" -> guardrail.path("masked_entity_count").size() > 0 ? MODIFY : ALLOW;
      default -> NONE;
    };
  }
}
