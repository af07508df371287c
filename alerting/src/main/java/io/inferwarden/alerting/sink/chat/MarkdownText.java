package io.inferwarden.alerting.sink.chat;

/**
 * Text in which an adaptive card finds nothing to format. Its text blocks and facts are read as a
 * subset of CommonMark and may call {@code {{DATE(…)}}} and {@code {{TIME(…)}}}; a backslash before
 * the signs that begin such things takes their meaning (CommonMark 0.31, 2.4). An underscore within
 * a word has none, so names such as {@code input_drift} stay readable.
 */
final class MarkdownText {
  private static final String SIGNS = "\\`*[]{}<>&~|!#$";

  private MarkdownText() {}

  /** The escaped text of one line, cut where it would be longer than so many UTF-16 units. */
  static String of(String text, int maximumLength) {
    BoundedText escaped = new BoundedText(maximumLength);
    for (int index = 0; index < text.length(); ) {
      String sign = Character.toString(text.codePointAt(index));
      escaped.add(needsEscape(text, index) ? "\\" + sign : sign);
      index += sign.length();
    }
    return escaped.toString();
  }

  private static boolean needsEscape(String text, int index) {
    char sign = text.charAt(index);
    return switch (sign) {
      case '_' -> !isInWord(text, index);
      case '-', '+', '=' -> text.substring(0, index).isBlank();
      case '.', ')' -> isAfterLeadingNumber(text, index);
      default -> SIGNS.indexOf(sign) >= 0;
    };
  }

  private static boolean isInWord(String text, int index) {
    return index > 0
        && index + 1 < text.length()
        && isWord(text.charAt(index - 1))
        && isWord(text.charAt(index + 1));
  }

  private static boolean isWord(char sign) {
    return sign < 128 && Character.isLetterOrDigit(sign);
  }

  /** Whether a line that goes on like this would be an item of a numbered list. */
  private static boolean isAfterLeadingNumber(String text, int index) {
    String before = text.substring(0, index).strip();
    return !before.isEmpty() && before.chars().allMatch(sign -> sign >= '0' && sign <= '9');
  }
}
