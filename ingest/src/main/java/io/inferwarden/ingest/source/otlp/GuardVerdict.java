package io.inferwarden.ingest.source.otlp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a guard before or behind a model decided, from the mildest to the gravest. */
enum GuardVerdict {
  ALLOW,
  WARN,
  MODIFY,
  ESCALATE,
  DENY;

  /** Attributes that carry a verdict: two editions of a proposal, and evaluations that are one. */
  static final List<String> ATTRIBUTES =
      List.of(
          "gen_ai.guardrail.verdict.type",
          "gen_ai.security.decision.type",
          "gen_ai.guardrail.action.type",
          "gen_ai.guardrail.verdict",
          "microsoft.security.decision.type");

  private static final String EVALUATION_LABEL = "gen_ai.evaluation.score.label";

  /** The word of the event contract. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The verdict that the attributes carry, or null. */
  static @Nullable GuardVerdict of(Attributes attributes) {
    String word = attributes.firstText(ATTRIBUTES);
    // Labels of evaluations are free text: most say how good an answer was, and are no verdict.
    return ofWord(word.isEmpty() ? attributes.text(EVALUATION_LABEL) : word);
  }

  /** The gravest of two. */
  static @Nullable GuardVerdict gravest(@Nullable GuardVerdict one, @Nullable GuardVerdict other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The verdict with this word, or null. */
  static @Nullable GuardVerdict ofWord(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "allow", "allowed" -> ALLOW;
      case "warn", "warned", "audit", "flag", "flagged" -> WARN;
      case "modify", "modified", "redact", "redacted" -> MODIFY;
      case "escalate", "escalated" -> ESCALATE;
      case "deny", "denied", "block", "blocked" -> DENY;
      default -> null;
    };
  }
}
