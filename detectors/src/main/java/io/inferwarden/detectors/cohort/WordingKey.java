package io.inferwarden.detectors.cohort;

/** A piece of wording that accounts may share, as 32 bits: 30 of a hash and 2 of its kind. */
final class WordingKey {
  /** The account sends attack prompts. */
  static final int ATTACK_PROMPT = 3;

  private static final int LINE = 0;
  private static final int HEAD = 1;
  private static final int TAIL = 2;
  private static final int KIND_BITS = 3;

  private WordingKey() {}

  static int line(long fingerprint) {
    return of(LINE, fingerprint);
  }

  static int head(long fingerprint) {
    return of(HEAD, fingerprint);
  }

  static int tail(long fingerprint) {
    return of(TAIL, fingerprint);
  }

  static boolean isLine(int key) {
    return (key & KIND_BITS) == LINE;
  }

  private static int of(int kind, long fingerprint) {
    return (hash(fingerprint) & ~KIND_BITS) | kind;
  }

  /** 32 well-mixed bits of a fingerprint. */
  static int hash(long fingerprint) {
    long mixed = (fingerprint ^ (fingerprint >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return (int) (mixed >>> 32);
  }
}
