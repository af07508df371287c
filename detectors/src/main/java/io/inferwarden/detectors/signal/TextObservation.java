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

  /** Number of words, numbers and marks of the measured part, at least 0. */
  default int words() {
    return 0;
  }

  /** A hash that is equal for equal texts; 0 when unknown. */
  default long fingerprint() {
    return 0;
  }

  /** The tactics of attacks that the text shows: a bit for each {@link Tactic}. */
  default int tactics() {
    return 0;
  }

  /** A hash of the first four words made of letters, in lower case; 0 when unknown. */
  default long headFingerprint() {
    return 0;
  }

  /** A hash of the last four words made of letters, in lower case; 0 when unknown. */
  default long tailFingerprint() {
    return 0;
  }

  /** A hash of the last line, in lower case, if it is at most 60 characters long; 0 if not. */
  default long lineFingerprint() {
    return 0;
  }
}
