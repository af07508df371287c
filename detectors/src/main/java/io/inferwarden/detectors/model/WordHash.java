package io.inferwarden.detectors.model;

/** 64-bit hashes under which the seen words of a signal are kept. Not for secrets. */
final class WordHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private WordHash() {}

  /** Hash of a word; FNV-1a over its UTF-16 units, then mixed. Allocates nothing. */
  static long of(String word) {
    long hash = OFFSET;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * PRIME;
    }
    return mixed(hash);
  }

  /** Hash of a number that stands where words do. */
  static long of(double number) {
    return mixed(Double.doubleToLongBits(number) ^ OFFSET);
  }

  /** The finaliser of SplitMix64. */
  static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
