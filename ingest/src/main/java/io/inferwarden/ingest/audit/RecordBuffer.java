package io.inferwarden.ingest.audit;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of one record as it is written; used again for the next. Not thread-safe. */
final class RecordBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NUMBER = 20;
  private static final int EIGHT_DIGITS = 100_000_000;
  private static final int BYTES_PER_CHARACTER = 6;

  private final @Nullable String[] repeatedTexts = new @Nullable String[AuditField.values().length];
  private final byte[][] repeatedBytes = new byte[AuditField.values().length][];

  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  void raw(byte[] ascii) {
    reserve(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
  }

  void field(AuditField field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    raw(field.opening());
    text(value);
  }

  void field(AuditField field, long value) {
    raw(field.opening());
    number(value);
  }

  /** A field that often has the value that it had before, whose bytes are then copied. */
  void repeatedField(AuditField field, @Nullable String value) {
    int place = field.place();
    if (value == null || !value.equals(repeatedTexts[place])) {
      int start = length;
      field(field, value);
      repeatedTexts[place] = value;
      repeatedBytes[place] = Arrays.copyOfRange(bytes, start, length);
    } else {
      raw(repeatedBytes[place]);
    }
  }

  void field(AuditField field, byte[] hash) {
    raw(field.opening());
    reserve(2 * hash.length + 2);
    byte[] to = bytes;
    int at = length;
    to[at++] = '"';
    for (byte value : hash) {
      to[at++] = HEX[(value >> 4) & 15];
      to[at++] = HEX[value & 15];
    }
    to[at++] = '"';
    length = at;
  }

  void number(long value) {
    reserve(LONGEST_NUMBER);
    if (value < 0) {
      raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    long high = value / EIGHT_DIGITS;
    if (high == 0) {
      digits((int) value, digitsOf((int) value));
    } else {
      number(high);
      digits((int) (value - high * EIGHT_DIGITS), 8);
    }
  }

  private static int digitsOf(int value) {
    int digits = 1;
    for (int bound = 10; digits < 8 && value >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /** The last digits of a number, with zeros before them where it has fewer. */
  private void digits(int value, int count) {
    int rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /** A JSON string. Half a surrogate pair, which UTF-8 cannot say, becomes U+FFFD. */
  private void text(String value) {
    reserve(value.length() * BYTES_PER_CHARACTER + 2);
    bytes[length++] = '"';
    for (int i = plain(value); i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, value.charAt(++i)));
      } else {
        utf8(Character.isSurrogate(c) ? 0xFFFD : c);
      }
    }
    bytes[length++] = '"';
  }

  /** Copies the characters before the first one that is not written as it is; how many. */
  private int plain(String value) {
    byte[] to = bytes;
    int start = length;
    int count = value.length();
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
        count = i;
      } else {
        to[start + i] = (byte) c;
      }
    }
    length = start + count;
    return count;
  }

  /** Controls, of which a terminal obeys 127 too, are escaped. */
  private void ascii(char c) {
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else if (c < 0x20 || c == 0x7F) {
      bytes[length++] = '\\';
      bytes[length++] = 'u';
      bytes[length++] = '0';
      bytes[length++] = '0';
      bytes[length++] = HEX[c >> 4];
      bytes[length++] = HEX[c & 15];
    } else {
      bytes[length++] = (byte) c;
    }
  }

  private void utf8(int point) {
    if (point < 0x800) {
      bytes[length++] = (byte) (0xC0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        bytes[length++] = (byte) (0xE0 | (point >> 12));
      } else {
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      }
      bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (point & 0x3F));
  }

  /** Puts the digest of all that was written until now into an array. */
  void digest(MessageDigest digest, byte[] into) {
    digest.update(bytes, 0, length);
    try {
      digest.digest(into, 0, into.length);
    } catch (DigestException impossible) {
      throw new IllegalStateException("a hash of " + into.length + " bytes", impossible);
    }
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
