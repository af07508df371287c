package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.feed.PrintableText;

/** What comes from a server, made fit for a terminal: names in it are chosen by those watched. */
final class Terminal {
  private static final String ISO_MINUTE = "2026-03-02T14:02";

  private Terminal() {}

  /** One line without anything that a terminal would obey. */
  static String line(String text) {
    return PrintableText.of(text);
  }

  /** A text field as {@link #line} has it; empty where it is null or missing. */
  static String text(JsonNode object, String name) {
    return line(object.path(name).asText(""));
  }

  /** A time to the minute: {@code 2026-03-02 14:02}. */
  static String minute(JsonNode object, String name) {
    String iso = text(object, name);
    return iso.length() < ISO_MINUTE.length()
        ? iso
        : iso.substring(0, ISO_MINUTE.length()).replace('T', ' ');
  }
}
