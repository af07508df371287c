package io.inferwarden.ingest;

/** Foreign text made fit for a message: short, and on one printable line. */
final class Excerpt {
  private static final int VALUE_CHARACTERS = 40;

  private Excerpt() {}

  /** The beginning of a value, in quotes. */
  static String quoted(String value) {
    return '"' + of(value, VALUE_CHARACTERS) + '"';
  }

  /** At most so many characters, control characters and lone surrogates escaped. */
  static String of(String text, int maximumCharacters) {
    int end = Math.min(text.length(), maximumCharacters);
    if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder excerpt = new StringBuilder(end + 3);
    text.substring(0, end).codePoints().forEach(codePoint -> append(excerpt, codePoint));
    return end < text.length() ? excerpt.append("...").toString() : excerpt.toString();
  }

  private static void append(StringBuilder excerpt, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          excerpt.append(String.format("\\u%04x", codePoint));
      default -> excerpt.appendCodePoint(codePoint);
    }
  }
}
