package io.inferwarden.alerting.feed;

import java.util.ArrayList;
import java.util.List;

/** Lines of plain text of which none is wider than a terminal. */
final class TextLines {
  static final int WIDTH = 78;

  private final List<String> lines = new ArrayList<>();

  /** Adds a line that is known to fit. */
  void line(String line) {
    lines.add(line);
  }

  /**
   * Adds the text in as many lines as it takes, broken at spaces where there are any. The text must
   * be printable and hold no line breaks.
   *
   * @param first what comes before the first line
   * @param others what comes before each further line
   */
  void wrapped(String first, String others, String text) {
    String prefix = first;
    String rest = text;
    while (!rest.isEmpty()) {
      int end = endOfLine(rest, WIDTH - prefix.length());
      lines.add(prefix + rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
      prefix = others;
    }
  }

  /** The index after the last character that fits on the line: at a space where possible. */
  private static int endOfLine(String text, int columns) {
    int fitting = Columns.fitting(text, columns);
    if (fitting == text.length()) {
      return fitting;
    }
    int space = text.lastIndexOf(' ', fitting);
    while (space > 0 && text.startsWith(" %", space)) {
      space = text.lastIndexOf(' ', space - 1); // a number and its per cent sign stay together
    }
    return space > 0 ? space : fitting;
  }

  /** The lines joined by line feeds, without one at the end. */
  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
