package io.inferwarden.detectors.signal;

/**
 * What a detector may see of a text: measures, never the text. Shares of nothing are 0. Like the
 * observation that gave it, it may be a view of a reused object.
 */
public interface TextObservation {
  /** How the text opens, as a word of a small vocabulary; a refusal is one of them. */
  String opening();

  /** What its first character that is not white space is, as a word of a small vocabulary. */
  String first();

  /** What its last character that is not white space is, as a word of a small vocabulary. */
  String ending();

  /** Distinct words over words, in [0, 1]. */
  double variety();

  /** Share of the lines that repeat another, in [0, 1]. */
  double repetition();

  /** Newlines over characters, in [0, 1]. */
  double newlineShare();

  /** Punctuation over characters, in [0, 1]. */
  double punctuationShare();

  /** Mean characters of a word, at least 0. */
  double meanWordLength();

  /** Share of the words that the other text of the event holds, too, in [0, 1]. */
  double echo();

  /** Number of distinct buckets that the first words of the text hash to. */
  int bucketCount();

  /** Bucket {@code index}, in {@code [0, bucketCount())}; it is in [0, 4096). */
  int bucket(int index);
}
