package io.inferwarden.detectors.cohort;

/**
 * What is kept of one prompt to tell whether accounts use the same wording: keyed fingerprints,
 * never the text. A fingerprint of 0 is unknown.
 *
 * @param exact of the whole text
 * @param line of its last line, if that is short
 * @param head of its first four words
 * @param tail of its last four words
 * @param tactics how many tactics of attacks it shows, at least 0
 */
public record PromptPrint(long exact, long line, long head, long tail, int tactics) {
  /** Tactics in one prompt from which it counts as an attack prompt. */
  static final int ATTACK_TACTICS = 2;

  public PromptPrint {
    if (tactics < 0) {
      throw new IllegalArgumentException("tactics must be >= 0, was " + tactics);
    }
  }

  boolean isAttack() {
    return tactics >= ATTACK_TACTICS;
  }
}
