package io.inferwarden.alerting.sink.syslog;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.feed.PrintableText;
import io.inferwarden.alerting.outbox.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A notification as an RFC 5424 message whose text is a {@link CefEvent}. The message id is the
 * incident's kind, and the structured data carry the notification's id, by which a receiver can
 * tell that it has it already. The text is UTF-8 without a byte order mark, which parsers of CEF
 * would trip over.
 */
final class SyslogMessage {
  private static final String APPLICATION = "inferwarden";

  /** What the parameter that names the cut fields may take. */
  private static final int CUT_RESERVE_BYTES = 96;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SyslogMessage() {}

  /** The message without a frame. It has no line break, so that either framing can hold it. */
  static String of(Notification notification, SyslogSink.Settings settings, String processId) {
    String head = header(notification, settings, processId);
    String structured = structuredData(notification, settings, List.of());
    int taken = CefText.bytes(head) + CefText.bytes(structured) + 2 + CUT_RESERVE_BYTES;
    CefEvent event = CefEvent.of(notification, settings.mostMessageBytes() - taken);
    return head + " " + structuredData(notification, settings, event.cut()) + " " + event.line();
  }

  /** The message after its length in bytes, as RFC 6587 (3.4.1) and RFC 5425 (4.3) ask. */
  static byte[] framed(String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] length = (text.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[length.length + text.length];
    System.arraycopy(length, 0, frame, 0, length.length);
    System.arraycopy(text, 0, frame, length.length, text.length);
    return frame;
  }

  private static String header(
      Notification notification, SyslogSink.Settings settings, String processId) {
    Incident incident = notification.incident();
    int priority = settings.facility() * 8 + severity(incident.severity());
    return String.join(
        " ",
        "<" + priority + ">1",
        TIMESTAMP.format(Instant.ofEpochMilli(notification.createdAtMillis())),
        settings.senderHost(),
        APPLICATION,
        processId,
        incident.kind().code());
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case INFO -> 6;
      case LOW -> 5;
      case MEDIUM -> 4;
      case HIGH -> 3;
      case CRITICAL -> 2;
    };
  }

  private static String structuredData(
      Notification notification, SyslogSink.Settings settings, List<String> cut) {
    Incident incident = notification.incident();
    StringBuilder element = new StringBuilder("[" + APPLICATION + "@");
    element.append(settings.enterpriseNumber());
    add(element, "notification", notification.id());
    add(element, "incident", incident.id());
    add(element, "revision", Long.toString(incident.revision()));
    add(element, "occasion", notification.occasion().code());
    if (!cut.isEmpty()) {
      add(element, "cut", String.join(" ", cut));
    }
    return element.append(']').toString();
  }

  private static void add(StringBuilder element, String name, String value) {
    String visible = PrintableText.of(value);
    String escaped = visible.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
    element.append(' ').append(name).append("=\"").append(escaped).append('"');
  }
}
