package io.inferwarden.alerting.sink.chat;

/**
 * Text as Slack wants it: {@code &}, {@code <} and {@code >} are its control characters and must be
 * written as entities in every text object (Slack, "Formatting text for app surfaces").
 */
final class SlackText {
  private SlackText() {}

  /** The escaped text, cut where it would be longer than so many UTF-16 units. */
  static String of(String text, int maximumLength) {
    BoundedText escaped = new BoundedText(maximumLength);
    text.codePoints().forEach(codePoint -> escaped.add(escaped(codePoint)));
    return escaped.toString();
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> Character.toString(codePoint);
    };
  }
}
