package io.inferwarden.ingest.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text form of a key. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  /**
   * The bytes of the first block of that kind, or of text that is bare base64.
   *
   * @throws IllegalArgumentException if there are none
   */
  static byte[] bytes(String text, String kind) {
    String begin = "-----BEGIN " + kind + "-----";
    int start = text.indexOf(begin);
    int end = text.indexOf("-----END " + kind + "-----");
    if (start < 0 && text.contains("-----BEGIN ")) {
      throw new IllegalArgumentException("there is no " + kind);
    }
    String base64 =
        start < 0 || end < start + begin.length()
            ? text
            : text.substring(start + begin.length(), end);
    return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
  }

  static String text(byte[] bytes, String kind) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + kind
        + "-----\n"
        + encoder.encodeToString(bytes)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
