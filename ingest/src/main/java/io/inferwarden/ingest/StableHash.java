package io.inferwarden.ingest;

/**
 * 64-bit hashes that are the same in every JVM, so that they may be stored. Not keyed: they tell
 * things apart, they hide nothing.
 */
final class StableHash {
  /** The hash that appending begins with. */
  static final long START = 0x9E3779B97F4A7C15L;

  private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

  private StableHash() {}

  /** Hash of the UTF-16 units and the length of a string. */
  static long of(String text) {
    long hash = START ^ text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = append(hash, text.charAt(i));
    }
    return mix(hash);
  }

  /** The hash of what was hashed before and one more UTF-16 unit; wants {@link #mix} at the end. */
  static long append(long hash, char next) {
    long appended = (hash ^ next) * MULTIPLIER;
    return appended ^ appended >>> 32;
  }

  /**
   * The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit moves every output
   * bit.
   */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
