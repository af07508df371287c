package io.inferwarden.ingest;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * The number that was read last: an integer of at most 18 digits, or a decimal fraction of ordinary
 * length, correctly rounded to a double. What is not plain is not read, right or wrong. One serves
 * one thread.
 */
final class PlainNumber {
  private static final int MOST_INTEGER_DIGITS = 18;

  /** So many digits fit into 64 bits. */
  private static final int MOST_DIGITS = 19;

  private static final int MOST_CHARACTERS = 64;
  private static final int MOST_EXPONENT_DIGITS = 3;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private final char[] characters = new char[MOST_CHARACTERS];
  private boolean isInteger;
  private long integer;
  private double number;
  private int writtenExponent;

  /** Whether it was written without a point and an exponent. */
  boolean isInteger() {
    return isInteger;
  }

  /** Its value as an integer; undefined unless it is one. */
  long integer() {
    return integer;
  }

  /** Its value; finite. */
  double number() {
    return number;
  }

  /** Passes a number; false when there is none that is plain. */
  boolean read(JsonBytes bytes) {
    boolean isNegative = bytes.next() == '-';
    byte[] json = bytes.array();
    int end = bytes.end();
    int from = bytes.position() + (isNegative ? 1 : 0);
    int at = from;
    long digits = 0;
    while (at < end && isDigit(json[at])) {
      digits = 10 * digits + json[at++] - '0';
    }
    int count = at - from;
    if (count == 0 || (count > 1 && json[from] == '0')) {
      return false;
    }
    if (at < end && (json[at] == '.' || json[at] == 'e' || json[at] == 'E')) {
      return readFraction(bytes, isNegative, digits, at);
    }
    bytes.moveTo(at);
    isInteger = true;
    integer = isNegative ? -digits : digits;
    number = integer;
    return count <= MOST_INTEGER_DIGITS;
  }

  /** Goes on at the point or the exponent behind these digits. */
  private boolean readFraction(JsonBytes bytes, boolean isNegative, long whole, int point) {
    byte[] json = bytes.array();
    int end = bytes.end();
    int at = point;
    long digits = whole;
    if (json[at] == '.') {
      at++;
      while (at + Long.BYTES <= end) {
        long eight = (long) JsonBytes.EIGHT_BYTES.get(json, at) ^ '0' * JsonBytes.EACH;
        int count = digitCount(eight);
        if (count == 0) {
          break;
        }
        digits = digits * POWERS_OF_TEN[count] + firstDigits(eight, count);
        at += count;
        if (count < Long.BYTES) {
          break;
        }
      }
      while (at < end && isDigit(json[at])) {
        digits = 10 * digits + json[at++] - '0';
      }
      if (at == point + 1) {
        return false;
      }
    }
    int digitsEnd = at;
    int exponent = json[point] == '.' ? point + 1 - at : 0;
    if (at < end && (json[at] == 'e' || json[at] == 'E')) {
      at = exponentEnd(json, at + 1, end);
      if (at < 0) {
        return false;
      }
      exponent += writtenExponent;
    }
    int from = bytes.position();
    bytes.moveTo(at);
    isInteger = false;
    double rounded =
        significantDigits(json, from, digitsEnd) > MOST_DIGITS
            ? Double.NaN
            : DecimalRounding.toDouble(digits, exponent);
    if (Double.isNaN(rounded)) {
      return readCharacters(json, from, at);
    }
    // No branch, which would be mispredicted for every other number.
    number = rounded * (isNegative ? -1 : 1);
    return true;
  }

  /** Reads the exponent behind its letter; answers where it ends, or -1 when it is not plain. */
  private int exponentEnd(byte[] json, int from, int end) {
    boolean isSigned = from < end && (json[from] == '-' || json[from] == '+');
    int first = isSigned ? from + 1 : from;
    int at = first;
    int written = 0;
    while (at < end && at - first <= MOST_EXPONENT_DIGITS && isDigit(json[at])) {
      written = 10 * written + json[at++] - '0';
    }
    writtenExponent = isSigned && json[from] == '-' ? -written : written;
    return at == first || at - first > MOST_EXPONENT_DIGITS ? -1 : at;
  }

  /** How many of eight characters, first those that are lowest, are digits before others. */
  private static int digitCount(long eightFromZero) {
    long others = ((eightFromZero + 0x76 * JsonBytes.EACH) | eightFromZero) & JsonBytes.HIGH_BITS;
    return Long.numberOfTrailingZeros(others) / Byte.SIZE;
  }

  /**
   * The number that the first 1 to 8 digits write: neighbours are put together as pairs, pairs as
   * fours, fours as eight.
   */
  private static long firstDigits(long eightFromZero, int count) {
    long digits = eightFromZero << (Long.SIZE - Byte.SIZE * count);
    long pairs = ((digits * (10 << 8 | 1)) >>> 8) & 0x00ff_00ff_00ff_00ffL;
    long fours = ((pairs * (100 << 16 | 1)) >>> 16) & 0x0000_ffff_0000_ffffL;
    return (fours * (10_000L << 32 | 1)) >>> 32;
  }

  /** At least as many as there are; exact where that matters. */
  private static int significantDigits(byte[] json, int from, int to) {
    int count = to - from;
    for (int i = from; count > MOST_DIGITS && i < to && (json[i] < '1' || json[i] > '9'); i++) {
      count--;
    }
    return count;
  }

  private boolean readCharacters(byte[] json, int from, int to) {
    int length = to - from;
    if (length > MOST_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      characters[i] = (char) json[from + i];
    }
    number = NumberInput.parseDouble(characters, 0, length, true);
    return Double.isFinite(number);
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
