package io.inferwarden.alerting.feed;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * How many columns of a terminal printable text takes, never fewer than it really does: combining
 * marks count as one column, characters that some terminals draw double as two.
 */
final class Columns {
  private static final int FIRST_EMOJI = 0x1f000;
  private static final int FIRST_FULL_WIDTH = 0xff00;
  private static final int FIRST_CJK_SYMBOL = 0x2e80;
  private static final int LAST_CJK = 0xa4cf;
  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HANGUL,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI);

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** How many chars from the start fit in so many columns; at least one character does. */
  static int fitting(String text, int columns) {
    int index = 0;
    int used = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      used += of(codePoint);
      if (used > columns && index > 0) {
        return index;
      }
      index += Character.charCount(codePoint);
    }
    return index;
  }

  /** The text cut to so many columns, a cut marked with an ellipsis, and filled up with spaces. */
  static String exactly(String text, int columns) {
    String cut = of(text) <= columns ? text : text.substring(0, fitting(text, columns - 1)) + "…";
    return cut + " ".repeat(Math.max(0, columns - of(cut)));
  }

  private static int of(int codePoint) {
    if (codePoint < FIRST_CJK_SYMBOL) {
      return isDrawnAsEmoji(codePoint) ? 2 : 1;
    }
    boolean isWide =
        codePoint <= LAST_CJK
            || codePoint >= FIRST_EMOJI
            || (codePoint >= FIRST_FULL_WIDTH && codePoint <= 0xff60)
            || WIDE.contains(UnicodeScript.of(codePoint));
    return isWide ? 2 : 1;
  }

  /** Symbols that some terminals draw as pictures: watches, weather, signs, ticks. */
  private static boolean isDrawnAsEmoji(int codePoint) {
    return (codePoint >= 0x2300 && codePoint <= 0x23ff)
        || (codePoint >= 0x25fd && codePoint <= 0x27bf)
        || (codePoint >= 0x2b00 && codePoint <= 0x2bff)
        || (codePoint >= 0x1100 && codePoint <= 0x11ff);
  }
}
