package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What characters of a text are, counted as UTF-16 units of its measured part. Together with {@link
 * TextCount#PUNCTUATION} the first three make up {@link TextCount#CHARACTERS}.
 */
public enum CharacterClass {
  LETTERS("letters", 0),
  DIGITS("digits", 1),
  WHITE_SPACE("whiteSpace", 2),
  /**
   * Those of the punctuation that Unicode takes neither for punctuation nor for symbols: control
   * characters, combining marks, numbers that are no digits, private and unassigned ones, and
   * halves of surrogate pairs, so that an emoji counts as two.
   */
  OTHER("other", 3);

  private static final CharacterClass[] ALL = values();

  private final String code;
  private final int index;

  CharacterClass(String code, int index) {
    this.code = code;
    this.index = index;
  }

  /** The name of the JSON contract. */
  public String code() {
    return code;
  }

  /** Place in arrays that hold something for each, from 0. */
  int index() {
    return index;
  }

  /** All classes; not to be changed. */
  static CharacterClass[] all() {
    return ALL;
  }

  /** The class of this name, or null when the contract has no such name. */
  static @Nullable CharacterClass ofCode(String code) {
    for (CharacterClass characterClass : ALL) {
      if (characterClass.code.equals(code)) {
        return characterClass;
      }
    }
    return null;
  }
}
