package io.inferwarden.ingest;

import java.util.Arrays;

/**
 * SimHash (Charikar 2002, doi:10.1145/509907.509965) of the sequences of three words (shingles) of
 * a text, each as often as it occurs: bit i is set when more than half of the shingles' keyed
 * hashes have it set. The expected share of equal bits of two texts falls from 1 with the angle
 * between their vectors of shingle counts, 1 - angle / π. Fewer than three words are one shingle; 0
 * without words.
 *
 * <p>The 64 counters are kept bit by bit, one {@code long} for each binary digit of all counters,
 * so adding a hash costs a few operations on the average. Reused from text to text; not
 * thread-safe.
 */
final class SimHash {
  /** Words of a shingle. */
  private static final int SHINGLE = 3;

  /** Binary digits of a counter: one more than any count of words in a measured text needs. */
  private static final int DIGITS =
      Integer.SIZE - Integer.numberOfLeadingZeros(TextMeasures.MEASURED_CHARACTERS);

  private final TextKey key;
  private final long[] counters = new long[DIGITS];
  private long before;
  private long beforeThat;
  private int words;
  private int shingles;

  SimHash(TextKey key) {
    this.key = key;
  }

  void clear() {
    Arrays.fill(counters, 0);
    words = 0;
    shingles = 0;
    before = 0;
    beforeThat = 0;
  }

  /** Adds the next word, by a hash that everybody can compute. */
  void add(long word) {
    words++;
    if (words >= SHINGLE) {
      addShingle(word);
    }
    beforeThat = before;
    before = word;
  }

  /** The hash of the words added since the last {@link #clear()}. */
  long value() {
    if (words == 0) {
      return 0;
    }
    if (words < SHINGLE) {
      return nonZero(key.hash(TextKey.Kind.SHINGLE, shingle(beforeThat, before, 0)));
    }
    // Bit by bit from the highest: which counters exceed half the number of shingles.
    int half = shingles / 2;
    long greater = 0;
    long equal = -1;
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      if ((half >>> digit & 1) == 0) {
        greater |= equal & counters[digit];
        equal &= ~counters[digit];
      } else {
        equal &= counters[digit];
      }
    }
    return nonZero(greater);
  }

  private void addShingle(long word) {
    long carry = key.hash(TextKey.Kind.SHINGLE, shingle(beforeThat, before, word));
    for (int digit = 0; carry != 0; digit++) {
      long sum = counters[digit] ^ carry;
      carry &= counters[digit];
      counters[digit] = sum;
    }
    shingles++;
  }

  private static long shingle(long first, long second, long third) {
    return StableHash.mix((31 * first + second) * 31 + third);
  }

  private static long nonZero(long hash) {
    return hash == 0 ? 1 : hash;
  }
}
