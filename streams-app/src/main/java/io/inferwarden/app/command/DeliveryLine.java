package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** An entry of the delivery ledger in one line. */
final class DeliveryLine {
  private DeliveryLine() {}

  static String of(JsonNode delivery) {
    return String.format(
        Locale.ROOT,
        "%s  %-16s  %s  %-9s  %s",
        Terminal.minute(delivery, "createdAt"),
        Terminal.text(delivery, "sink"),
        Terminal.text(delivery, "notification"),
        Terminal.text(delivery, "change"),
        outcome(delivery));
  }

  /** What became of it, with the last answer where it says more. */
  static String outcome(JsonNode delivery) {
    StringBuilder text = new StringBuilder(Terminal.text(delivery, "outcome"));
    int attempts = delivery.path("attemptCount").asInt();
    if (attempts > 1) {
      text.append(" after ").append(attempts).append(" attempts");
    }
    String detail = Terminal.text(delivery, "detail");
    JsonNode last = delivery.path("attempts").path(delivery.path("attempts").size() - 1);
    String result = Terminal.text(last, "result");
    boolean isPlain = result.isEmpty() || result.equals("delivered");
    String why = detail.isEmpty() && !isPlain ? result : detail;
    return why.isEmpty() ? text.toString() : text + ": " + why;
  }
}
