package io.inferwarden.ingest.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.inferwarden.ingest.source.Payload;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A payload as one array of bytes, so that its headers are changed with its body: a line for the
 * media type, a line {@code name:value} for each header, an empty line, the body.
 */
public final class Message {
  /** When every payload arrives. */
  public static final long RECEIVED_AT_MILLIS = 1_772_409_700_000L;

  private Message() {}

  /** The bytes of a payload. */
  public static byte[] of(Payload payload) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes((payload.contentType() + '\n').getBytes(ISO_8859_1));
    payload
        .headers()
        .forEach(
            (name, value) -> message.writeBytes((name + ':' + value + '\n').getBytes(ISO_8859_1)));
    message.write('\n');
    message.writeBytes(payload.body());
    return message.toByteArray();
  }

  /** The payload of some bytes, whatever they are. */
  static Payload read(byte[] message) {
    Map<String, String> headers = new LinkedHashMap<>();
    int from = endOfLine(message, 0);
    String contentType = new String(message, 0, from, ISO_8859_1).toLowerCase(Locale.ROOT);
    while (from < message.length) {
      int start = from + 1;
      from = endOfLine(message, start);
      String line = new String(message, start, Math.max(0, from - start), ISO_8859_1);
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1));
      }
    }
    byte[] body = Arrays.copyOfRange(message, Math.min(message.length, from + 1), message.length);
    return new Payload(body, contentType, headers, RECEIVED_AT_MILLIS);
  }

  private static int endOfLine(byte[] message, int from) {
    int end = from;
    while (end < message.length && message[end] != '\n') {
      end++;
    }
    return Math.min(end, message.length);
  }
}
