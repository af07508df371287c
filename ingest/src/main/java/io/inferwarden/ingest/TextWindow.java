package io.inferwarden.ingest;

/**
 * The part of a text that is looked at, read by absolute position: NUL is everywhere else, so what
 * looks ahead or back needs no checks of its own. Counts what it was asked, which is how tests hold
 * a scanner to linear work.
 */
final class TextWindow {
  private static final char NOTHING = '\0';
  private static final char[] NO_TEXT = {};
  private static final boolean[] IS_WORD = new boolean[128];

  static {
    for (char character = 0; character < IS_WORD.length; character++) {
      IS_WORD[character] =
          isDigit(character)
              || isUpper(character)
              || (character >= 'a' && character <= 'z')
              || character == '_';
    }
  }

  private char[] text = NO_TEXT;
  private int from;
  private int to;
  private long reads;

  void over(char[] text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  char at(int index) {
    reads++;
    return index >= from && index < to ? text[index] : NOTHING;
  }

  /** Whether exactly these characters begin there. */
  boolean holds(String wanted, int index) {
    for (int i = 0; i < wanted.length(); i++) {
      if (at(index + i) != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isDigitAt(int index) {
    return isDigit(at(index));
  }

  /** Whether an ASCII letter, digit or underscore is there. */
  boolean isWordAt(int index) {
    return isWord(at(index));
  }

  /** Characters asked for since this window was made. */
  long reads() {
    return reads;
  }

  /** Lets go of the text. */
  void close() {
    text = NO_TEXT;
    from = 0;
    to = 0;
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  static boolean isUpper(char character) {
    return character >= 'A' && character <= 'Z';
  }

  /** ASCII letters, digits and the underscore. */
  static boolean isWord(char character) {
    return character < IS_WORD.length && IS_WORD[character];
  }

  static boolean isAlphanumeric(char character) {
    return character != '_' && isWord(character);
  }
}
