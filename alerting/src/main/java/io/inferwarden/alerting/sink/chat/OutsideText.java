package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.feed.PrintableText;
import java.util.regex.Pattern;

/**
 * Text from outside as one printable line in which no program that shows it finds a web address:
 * chat and mail programs turn whatever looks like one into a link, and this text may be an
 * attacker's. {@code https://a} becomes {@code https[:]//a}, as analysts write it.
 */
final class OutsideText {
  private static final Pattern WWW = Pattern.compile("\\bwww\\.", Pattern.CASE_INSENSITIVE);

  private OutsideText() {}

  /** All of it. */
  static String of(String text) {
    return withoutAddresses(PrintableText.of(text));
  }

  /** Cut to a number of characters; a cut is marked with an ellipsis. */
  static String of(String text, int maximumCharacters) {
    return PrintableText.of(withoutAddresses(text), maximumCharacters);
  }

  /** Text that may have several lines and is printable but for the line feeds between them. */
  static String withoutAddresses(String text) {
    return WWW.matcher(text.replace("://", "[:]//")).replaceAll("www[.]");
  }
}
