package io.inferwarden.ingest;

/** The first and the last four of the words that are added, as one hash each. */
final class EdgeWords {
  private static final int KEPT = 4;

  private final long[] first = new long[KEPT];
  private final long[] last = new long[KEPT];
  private int words;

  void clear() {
    words = 0;
  }

  void add(long hash) {
    if (words < KEPT) {
      first[words] = hash;
    }
    last[words % KEPT] = hash;
    words++;
  }

  /** Hash of the first words in their order; 0 when there is none. */
  long head() {
    long hash = 0;
    for (int i = 0; i < Math.min(KEPT, words); i++) {
      hash = append(hash, first[i]);
    }
    return hash;
  }

  /** Hash of the last words in their order, made like that of the first; 0 when there is none. */
  long tail() {
    long hash = 0;
    for (int i = Math.max(0, words - KEPT); i < words; i++) {
      hash = append(hash, last[i % KEPT]);
    }
    return hash;
  }

  private static long append(long hash, long word) {
    return StableHash.mix((hash ^ StableHash.START) + word);
  }
}
