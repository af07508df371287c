package io.inferwarden.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The names of the fields of one object of the contract. A producer writes its fields in one order,
 * so the name that came behind this one last is looked for first. One serves one thread.
 */
final class FieldNames {
  /** A plain name that the contract does not have. */
  static final int UNKNOWN = -1;

  /** No plain name, or a long one. */
  static final int NOT_PLAIN = -2;

  private final int first;
  private final byte[][] names;
  private final int[] followers;

  /**
   * @param first number of the first field; the others count on
   */
  FieldNames(int first, String... names) {
    this.first = first;
    this.names = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      this.names[i] = ('"' + names[i] + "\":").getBytes(US_ASCII);
    }
    followers = new int[names.length + 1];
  }

  /**
   * Passes a name and its colon.
   *
   * @param previous number of the field before, or {@link #UNKNOWN} at the begin
   * @return the number of the field, or {@link #UNKNOWN}, or {@link #NOT_PLAIN}
   */
  int read(JsonBytes bytes, int previous) {
    int place = previous == UNKNOWN ? names.length : previous - first;
    int expected = followers[place];
    if (bytes.take(names[expected])) {
      return first + expected;
    }
    int length = bytes.name();
    if (length < 0 || length > Limits.IDENTIFIER) {
      return NOT_PLAIN;
    }
    for (int i = 0; i < names.length; i++) {
      if (bytes.isNamed(names[i])) {
        followers[place] = i;
        return first + i;
      }
    }
    return UNKNOWN;
  }
}
