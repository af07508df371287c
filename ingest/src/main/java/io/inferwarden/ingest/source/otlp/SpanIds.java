package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.RejectedEvent.Reason;
import java.util.HexFormat;
import java.util.Locale;

/** Reads the ids of traces and spans. */
final class SpanIds {
  static final int TRACE_BYTES = 16;
  static final int SPAN_BYTES = 8;

  private SpanIds() {}

  /** Hexadecimal digits of an id; empty when absent or all zero, which OTLP calls invalid. */
  static String ofBytes(byte[] id, int bytes, String field) throws UnreadableRecordException {
    if (id.length != 0 && id.length != bytes) {
      throw wrong(field, "expected " + bytes + " bytes, found " + id.length);
    }
    return ofDigits(HexFormat.of().formatHex(id));
  }

  /** The same of an id that came as digits. */
  static String ofHex(String id, int bytes, String field) throws UnreadableRecordException {
    boolean isHex = id.chars().allMatch(HexFormat::isHexDigit);
    if (!id.isEmpty() && (id.length() != 2 * bytes || !isHex)) {
      throw wrong(field, "expected " + 2 * bytes + " hexadecimal digits, found something else");
    }
    return ofDigits(id.toLowerCase(Locale.ROOT));
  }

  private static String ofDigits(String digits) {
    return digits.chars().allMatch(digit -> digit == '0') ? "" : digits;
  }

  private static UnreadableRecordException wrong(String field, String message) {
    return new UnreadableRecordException(Reason.INVALID_VALUE, field, message);
  }
}
