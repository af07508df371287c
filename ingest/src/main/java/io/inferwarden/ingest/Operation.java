package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/** What a model was asked to do. */
public enum Operation {
  CLASSIFY("classify", 1),
  REGRESS("regress", 2),
  GENERATE("generate", 3),
  EMBED("embed", 4);

  private final String code;
  private final int binaryCode;

  Operation(String code, int binaryCode) {
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

  /** The operation with this number, or null. */
  static @Nullable Operation ofBinaryCode(int binaryCode) {
    return switch (binaryCode) {
      case 1 -> CLASSIFY;
      case 2 -> REGRESS;
      case 3 -> GENERATE;
      case 4 -> EMBED;
      default -> null;
    };
  }

  /** The operation with this word, or null when the contract has no such word. */
  static @Nullable Operation ofCode(String code) {
    return switch (code) {
      case "classify" -> CLASSIFY;
      case "regress" -> REGRESS;
      case "generate" -> GENERATE;
      case "embed" -> EMBED;
      default -> null;
    };
  }
}
