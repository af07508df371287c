package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/** What a text begins or ends with. */
public enum TextMark {
  OTHER("other", 0),
  /** A phrase by which models decline, such as "I'm sorry". */
  REFUSAL("refusal", 1),
  EMPTY("empty", 2),
  TWO_NEWLINES("twoNewlines", 3),
  NEWLINE("newline", 4),
  SPACE("space", 5),
  LETTER("letter", 6),
  DIGIT("digit", 7),
  BULLET("bullet", 8),
  QUOTE("quote", 9),
  UPPER("upper", 10),
  LOWER("lower", 11),
  FULL_STOP("fullStop", 12),
  MARK("mark", 13);

  private static final TextMark[] ALL = values();

  private final String code;
  private final int binaryCode;

  TextMark(String code, int binaryCode) {
    this.code = code;
    this.binaryCode = binaryCode;
  }

  /** The word of the JSON contract. */
  public String code() {
    return code;
  }

  /** The number of the binary form, which never changes. */
  int binaryCode() {
    return binaryCode;
  }

  /** The mark with this number, or null. */
  static @Nullable TextMark ofBinaryCode(int binaryCode) {
    for (TextMark mark : ALL) {
      if (mark.binaryCode == binaryCode) {
        return mark;
      }
    }
    return null;
  }

  /** The mark with this word, or null when the contract has no such word. */
  static @Nullable TextMark ofCode(String code) {
    for (TextMark mark : ALL) {
      if (mark.code.equals(code)) {
        return mark;
      }
    }
    return null;
  }
}
