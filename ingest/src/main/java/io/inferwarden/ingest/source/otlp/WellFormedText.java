package io.inferwarden.ingest.source.otlp;

/**
 * Text that can be written as UTF-8: halves of surrogate pairs become the replacement character.
 */
final class WellFormedText {
  private static final char REPLACEMENT = '\ufffd';

  private WellFormedText() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return repaired(text);
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isHalf(point) ? REPLACEMENT : point)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
