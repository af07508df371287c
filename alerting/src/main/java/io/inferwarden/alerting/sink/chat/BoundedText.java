package io.inferwarden.alerting.sink.chat;

/**
 * A text that grows by pieces and ends with an ellipsis where one more would make it too long; no
 * piece is ever split.
 */
final class BoundedText {
  private static final String ELLIPSIS = "…";

  private final StringBuilder text = new StringBuilder();
  private final int maximumLength;
  private int roomForEllipsis;
  private boolean isCut;

  /**
   * @param maximumLength in UTF-16 units, at least 1
   */
  BoundedText(int maximumLength) {
    this.maximumLength = maximumLength;
  }

  void add(String piece) {
    if (isCut) {
      return;
    }
    text.append(piece);
    if (text.length() > maximumLength) {
      text.setLength(roomForEllipsis);
      text.append(ELLIPSIS);
      isCut = true;
    } else if (text.length() < maximumLength) {
      roomForEllipsis = text.length();
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
