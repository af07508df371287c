package io.inferwarden.alerting.feed;

import java.util.Locale;

/**
 * Makes text from outside safe to show: names are chosen by the very people being watched, who
 * might put terminal commands, line breaks or direction marks in them.
 */
public final class PrintableText {
  private PrintableText() {}

  /** The text with every character that is not plainly visible written as its code point. */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (isPlain(codePoint)) {
                visible.appendCodePoint(codePoint);
              } else {
                visible.append(String.format(Locale.ROOT, "\\u{%x}", codePoint));
              }
            });
    return visible.toString();
  }

  /** As {@link #of}, cut to a number of characters; a cut is marked with an ellipsis. */
  public static String of(String text, int maximumCharacters) {
    String visible = of(beginning(text, maximumCharacters + 1));
    if (visible.codePointCount(0, visible.length()) <= maximumCharacters) {
      return visible;
    }
    return visible.substring(0, visible.offsetByCodePoints(0, maximumCharacters - 1)) + "…";
  }

  /** As much as can matter of a text that may be very long: each character shows as one or more. */
  private static String beginning(String text, int characters) {
    return text.length() <= characters
        ? text
        : text.substring(
            0,
            text.offsetByCodePoints(
                0, Math.min(characters, text.codePointCount(0, text.length()))));
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
