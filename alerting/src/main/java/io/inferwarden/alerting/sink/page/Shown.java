package io.inferwarden.alerting.sink.page;

import io.inferwarden.alerting.feed.PrintableText;

/** Text from outside as it may be shown on a phone that wakes somebody. */
final class Shown {
  private Shown() {}

  /**
   * The text in visible characters, at most so many UTF-16 units, a cut marked with an ellipsis.
   */
  static String text(String text, int most) {
    // What lies beyond the limit is cut off first: names may be very long.
    String start = text.length() <= most ? text : text.substring(0, most) + "…";
    String shown = PrintableText.of(start, most);
    if (shown.length() <= most) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(most - 2)) ? most - 2 : most - 1;
    return shown.substring(0, end) + "…";
  }
}
