package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/** What a guardrail made of a request, in the words of OpenTelemetry's proposal for guardrails. */
public enum GuardVerdict {
  ALLOW("allow", 1),
  DENY("deny", 2),
  MODIFY("modify", 3),
  WARN("warn", 4),
  ESCALATE("escalate", 5);

  private final String code;
  private final int binaryCode;

  GuardVerdict(String code, int binaryCode) {
    this.code = code;
    this.binaryCode = binaryCode;
  }

  /** The word of the JSON contract, in lower case. */
  public String code() {
    return code;
  }

  /** The number of the binary form, which never changes. */
  int binaryCode() {
    return binaryCode;
  }

  /** The verdict with this number, or null. */
  static @Nullable GuardVerdict ofBinaryCode(int binaryCode) {
    return switch (binaryCode) {
      case 1 -> ALLOW;
      case 2 -> DENY;
      case 3 -> MODIFY;
      case 4 -> WARN;
      case 5 -> ESCALATE;
      default -> null;
    };
  }

  /** The verdict with this word, or null when the contract has no such word. */
  static @Nullable GuardVerdict ofCode(String code) {
    return switch (code) {
      case "allow" -> ALLOW;
      case "deny" -> DENY;
      case "modify" -> MODIFY;
      case "warn" -> WARN;
      case "escalate" -> ESCALATE;
      default -> null;
    };
  }
}
