package io.inferwarden.detectors.chat;

/**
 * Hashes of one prompt, by which accounts that work with the same material are recognised; 0 where
 * the prompt has none.
 *
 * @param exact of the whole text
 * @param line of the last line, if it is short
 * @param head of the first words
 * @param tail of the last words
 */
public record PromptKeys(int exact, int line, int head, int tail) {
  /** 32 bits of a fingerprint; 0 for 0. */
  static int hash(long fingerprint) {
    return (int) ((fingerprint * 0x9e3779b97f4a7c15L) >>> Integer.SIZE);
  }
}
