package io.inferwarden.alerting.sink.syslog;

import io.inferwarden.alerting.feed.PrintableText;
import java.nio.charset.StandardCharsets;

/**
 * Text for CEF. What is not plainly visible, line breaks among it, is written as its code point, so
 * that no name can begin a line; the characters that end a field are escaped, so that none can
 * begin a field.
 */
final class CefText {
  private static final String ELLIPSIS = "…";

  private CefText() {}

  /**
   * A field of the header: {@code \} and {@code |} are escaped. A space follows a backslash at the
   * end: parsers that take any separator after a backslash for an escaped one would miss it.
   */
  static String header(String text) {
    String escaped = PrintableText.of(text).replace("\\", "\\\\").replace("|", "\\|");
    return escaped.endsWith("\\") ? escaped + " " : escaped;
  }

  /** A value of the extension: {@code \} and {@code =} are escaped. */
  static String value(String text) {
    return PrintableText.of(text).replace("\\", "\\\\").replace("=", "\\=");
  }

  /**
   * Escaped text, cut where it is too long, but not within an escape. A cut is marked with an
   * ellipsis, which stands even where there is no room for it.
   *
   * @param mostCharacters how many UTF-16 units it may have, those of escapes included
   * @param mostBytes how many bytes of UTF-8
   */
  static String cut(String escaped, int mostCharacters, int mostBytes) {
    if (escaped.length() <= mostCharacters && bytes(escaped) <= mostBytes) {
      return escaped;
    }
    int end = 0;
    int bytes = bytes(ELLIPSIS);
    while (end < escaped.length()) {
      int next = endOfPiece(escaped, end);
      bytes += bytes(escaped.substring(end, next));
      if (next + ELLIPSIS.length() > mostCharacters || bytes > mostBytes) {
        break;
      }
      end = next;
    }
    return escaped.substring(0, end) + ELLIPSIS;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A backslash and what it escapes are one piece, as is a code point. */
  private static int endOfPiece(String escaped, int start) {
    int length =
        escaped.charAt(start) == '\\' ? 2 : Character.charCount(escaped.codePointAt(start));
    return Math.min(escaped.length(), start + length);
  }
}
