package io.inferwarden.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in the bytes of a JSON document that moves over plain tokens: white space, punctuation,
 * literals, and strings of printable ASCII without escapes. What is not plain stops it, right or
 * wrong; the place then means nothing any more. One serves one thread.
 */
final class JsonBytes {
  /** What {@link #next} and {@link #string} answer to what is not plain. */
  static final int NOT_PLAIN = -1;

  /** Eight bytes of an array as one number, the first byte lowest. */
  static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** One in each of eight bytes. */
  static final long EACH = 0x0101_0101_0101_0101L;

  static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private static final byte[] NOTHING = {};

  private final char[] characters = new char[VocabularyCache.LONGEST_CACHED];
  private byte[] json = NOTHING;
  private int end;
  private int position;
  private int stringFrom;
  private int stringLength;

  /** Begins with another document. */
  void open(byte[] document, int offset, int length) {
    json = document;
    position = offset;
    end = offset + length;
  }

  /** Lets go of the document. */
  void close() {
    open(NOTHING, 0, 0);
  }

  byte[] array() {
    return json;
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  void moveTo(int index) {
    position = index;
  }

  /** The next byte behind white space, which is not passed; {@link #NOT_PLAIN} at the end. */
  int next() {
    if (position < end) {
      byte found = json[position];
      if (found > ' ') {
        return found;
      }
    }
    return nextBehindSpace();
  }

  private int nextBehindSpace() {
    while (position < end) {
      byte found = json[position];
      if (found > ' ') {
        return found;
      }
      if (found != ' ' && found != '\n' && found != '\r' && found != '\t') {
        return NOT_PLAIN;
      }
      position++;
    }
    return NOT_PLAIN;
  }

  /** Whether nothing but white space is left. */
  boolean isAtEnd() {
    return next() == NOT_PLAIN && position == end;
  }

  /** Passes this character and white space before it, if it comes next. */
  boolean take(char wanted) {
    if (next() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  /** Passes these bytes and white space before them, if they come next. */
  boolean take(byte[] wanted) {
    if (next() != wanted[0]
        || end - position < wanted.length
        || !same(json, position, wanted, 0, wanted.length)) {
      return false;
    }
    position += wanted.length;
    return true;
  }

  /** Passes a string. Its length, or {@link #NOT_PLAIN}. */
  int string() {
    if (next() != '"') {
      return NOT_PLAIN;
    }
    int from = position + 1;
    int at = from;
    while (at + Long.BYTES <= end) {
      long marks = marks((long) EIGHT_BYTES.get(json, at));
      if (marks != 0) {
        at += Long.numberOfTrailingZeros(marks) / Byte.SIZE;
        return json[at] == '"' ? endString(from, at) : NOT_PLAIN;
      }
      at += Long.BYTES;
    }
    while (at < end) {
      byte found = json[at];
      if (found == '"') {
        return endString(from, at);
      }
      if (found < ' ' || found == '\\' || found == 0x7f) {
        return NOT_PLAIN;
      }
      at++;
    }
    return NOT_PLAIN;
  }

  /** Passes a name and its colon. The name's length, or {@link #NOT_PLAIN}. */
  int name() {
    int length = string();
    return length >= 0 && take(':') ? length : NOT_PLAIN;
  }

  /** Bytes, which are characters, of the string that was passed last. */
  int stringLength() {
    return stringLength;
  }

  /** The string that was passed last. */
  String text() {
    return new String(json, stringFrom, stringLength, US_ASCII);
  }

  /** The string that was passed last, or an equal one that the cache remembers. */
  String text(VocabularyCache cache) {
    if (stringLength > characters.length) {
      return text();
    }
    copyTo(characters);
    return cache.get(characters, 0, stringLength);
  }

  /** Copies the string that was passed last to the beginning of an array with room for it. */
  void copyTo(char[] into) {
    for (int i = 0; i < stringLength; i++) {
      into[i] = (char) json[stringFrom + i];
    }
  }

  /** A hash of the string that was passed last. */
  int hash() {
    int hash = 0;
    for (int i = stringFrom; i < stringFrom + stringLength; i++) {
      hash = 31 * hash + json[i];
    }
    return (hash * 0x9E3779B9) >>> 16;
  }

  /** The string that was passed last, from its first quote up to the last one, and a colon. */
  byte[] quotedName() {
    byte[] quoted = new byte[stringLength + 3];
    System.arraycopy(json, stringFrom - 1, quoted, 0, stringLength + 2);
    quoted[stringLength + 2] = ':';
    return quoted;
  }

  /** Whether {@link #quotedName} would be this. */
  boolean isNamed(byte[] quotedName) {
    return quotedName.length == stringLength + 3
        && same(json, stringFrom, quotedName, 1, stringLength);
  }

  /** Whether the string that was passed last is empty or of blanks. */
  boolean isBlank() {
    for (int i = stringFrom; i < stringFrom + stringLength; i++) {
      if (json[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private int endString(int from, int quote) {
    position = quote + 1;
    stringFrom = from;
    stringLength = quote - from;
    return stringLength;
  }

  /**
   * The high bit of each byte that ends or forbids a plain string; right up to the lowest such
   * byte, since a borrow of the subtractions moves up only.
   */
  private static long marks(long bytes) {
    long control = bytes - 0x20 * EACH;
    long quote = (bytes ^ '"' * EACH) - EACH;
    long backslash = (bytes ^ '\\' * EACH) - EACH;
    long delete = (bytes ^ 0x7f * EACH) - EACH;
    return (control | quote | backslash | delete | bytes) & HIGH_BITS;
  }

  private static boolean same(byte[] some, int from, byte[] others, int otherFrom, int length) {
    if (length < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        if (some[from + i] != others[otherFrom + i]) {
          return false;
        }
      }
      return true;
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) EIGHT_BYTES.get(some, from + i) != (long) EIGHT_BYTES.get(others, otherFrom + i)) {
        return false;
      }
    }
    return (long) EIGHT_BYTES.get(some, from + last)
        == (long) EIGHT_BYTES.get(others, otherFrom + last);
  }
}
