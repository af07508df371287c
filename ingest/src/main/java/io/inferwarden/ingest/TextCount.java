package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/** What is counted in the measured part of a text. */
public enum TextCount {
  /** UTF-16 units. */
  CHARACTERS("characters"),
  WORDS("words"),
  DISTINCT_WORDS("distinctWords"),
  /** UTF-16 units within words. */
  WORD_CHARACTERS("wordCharacters"),
  /** Words of an output that its input holds, too. */
  ECHOED_WORDS("echoedWords"),
  NEWLINES("newlines"),
  /** Characters that are neither letters nor digits nor white space. */
  PUNCTUATION("punctuation"),
  /** Lines that are not blank. */
  LINES("lines"),
  /** Distinct lines that are not blank, white space around them aside. */
  DISTINCT_LINES("distinctLines");

  private static final TextCount[] ALL = values();

  private final String code;

  TextCount(String code) {
    this.code = code;
  }

  /** The name of the JSON contract. */
  public String code() {
    return code;
  }

  /** All counts in the order of the binary form, which never changes; not to be changed. */
  static TextCount[] inOrder() {
    return ALL;
  }

  /** The count of this name, or null when the contract has no such name. */
  static @Nullable TextCount ofCode(String code) {
    for (TextCount count : ALL) {
      if (count.code.equals(code)) {
        return count;
      }
    }
    return null;
  }
}
