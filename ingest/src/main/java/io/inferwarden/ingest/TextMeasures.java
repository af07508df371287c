package io.inferwarden.ingest;

import java.util.Arrays;

/**
 * What is kept of a text: counts, marks, tactics, the buckets that its words hash to, and
 * fingerprints; never the text. Measured are its first {@value #MEASURED_CHARACTERS} UTF-16 units.
 * A word is a run of letters and apostrophes, a run of digits, or any other single character that
 * is not white space; case does not matter. Mutable and reused from event to event, like the event
 * that holds it.
 *
 * <p>The hashes are not keyed. A bucket is one of 4096 and stands for many words; whoever can guess
 * a whole text can confirm the guess by its fingerprint.
 */
public final class TextMeasures {
  /** UTF-16 units of a text that are measured at most. */
  public static final int MEASURED_CHARACTERS = 16_384;

  /** Number of buckets that words hash to. */
  public static final int BUCKETS = 4096;

  /** Words of a text that are put in buckets at most: the first ones. */
  public static final int BUCKETED_WORDS = 200;

  private static final short[] NONE = {};

  private boolean present;
  private int characters;
  private int words;
  private int distinctWords;
  private int wordCharacters;
  private int echoedWords;
  private int newlines;
  private int punctuation;
  private int lines;
  private int distinctLines;
  private TextMark opening = TextMark.EMPTY;
  private TextMark first = TextMark.OTHER;
  private TextMark ending = TextMark.OTHER;
  private long fingerprint;
  private int tactics;
  private long headFingerprint;
  private long tailFingerprint;
  private long lineFingerprint;
  private short[] buckets = NONE;
  private int bucketCount;

  TextMeasures() {}

  /** Forgets the text. */
  public void clear() {
    if (present) {
      present = false;
      characters = 0;
      words = 0;
      distinctWords = 0;
      wordCharacters = 0;
      echoedWords = 0;
      newlines = 0;
      punctuation = 0;
      lines = 0;
      distinctLines = 0;
      opening = TextMark.EMPTY;
      first = TextMark.OTHER;
      ending = TextMark.OTHER;
      fingerprint = 0;
      tactics = 0;
      headFingerprint = 0;
      tailFingerprint = 0;
      lineFingerprint = 0;
      bucketCount = 0;
    }
  }

  /** Whether a text was measured; nothing else has a meaning without. */
  public boolean isPresent() {
    return present;
  }

  /** From now on a text counts as measured. */
  public TextMeasures present() {
    present = true;
    return this;
  }

  /** One of the counts, at least 0. */
  public int count(TextCount count) {
    return switch (count) {
      case CHARACTERS -> characters;
      case WORDS -> words;
      case DISTINCT_WORDS -> distinctWords;
      case WORD_CHARACTERS -> wordCharacters;
      case ECHOED_WORDS -> echoedWords;
      case NEWLINES -> newlines;
      case PUNCTUATION -> punctuation;
      case LINES -> lines;
      case DISTINCT_LINES -> distinctLines;
    };
  }

  public TextMeasures count(TextCount count, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(count.code() + " must be >= 0, was " + value);
    }
    switch (count) {
      case CHARACTERS -> characters = value;
      case WORDS -> words = value;
      case DISTINCT_WORDS -> distinctWords = value;
      case WORD_CHARACTERS -> wordCharacters = value;
      case ECHOED_WORDS -> echoedWords = value;
      case NEWLINES -> newlines = value;
      case PUNCTUATION -> punctuation = value;
      case LINES -> lines = value;
      case DISTINCT_LINES -> distinctLines = value;
    }
    return this;
  }

  /** How the text opens: a refusal, nothing, white space, a letter or something else. */
  public TextMark opening() {
    return opening;
  }

  public TextMeasures opening(TextMark opening) {
    this.opening = opening;
    return this;
  }

  /** Its first character that is not white space: digit, bullet, quote, upper, lower or other. */
  public TextMark first() {
    return first;
  }

  public TextMeasures first(TextMark first) {
    this.first = first;
    return this;
  }

  /** Its last character that is not white space: full stop, other mark, letter or other. */
  public TextMark ending() {
    return ending;
  }

  public TextMeasures ending(TextMark ending) {
    this.ending = ending;
    return this;
  }

  /** A hash that is equal for equal texts. */
  public long fingerprint() {
    return fingerprint;
  }

  public TextMeasures fingerprint(long fingerprint) {
    this.fingerprint = fingerprint;
    return this;
  }

  /** The tactics of attacks that the text shows: a bit for each {@link TextTactic}. */
  public int tactics() {
    return tactics;
  }

  public TextMeasures tactics(int tactics) {
    if (tactics < 0 || tactics >= 1 << TextTactic.inOrder().length) {
      throw new IllegalArgumentException("tactics must be in [0, 255], was " + tactics);
    }
    this.tactics = tactics;
    return this;
  }

  /** A hash of the first four words that begin with a letter; 0 when there is none. */
  public long headFingerprint() {
    return headFingerprint;
  }

  public TextMeasures headFingerprint(long headFingerprint) {
    this.headFingerprint = headFingerprint;
    return this;
  }

  /**
   * A hash of the last four words of the measured part that begin with a letter; 0 when there is
   * none.
   */
  public long tailFingerprint() {
    return tailFingerprint;
  }

  public TextMeasures tailFingerprint(long tailFingerprint) {
    this.tailFingerprint = tailFingerprint;
    return this;
  }

  /**
   * A hash of the last line that is not blank, without regard to case and white space around it; 0
   * when there is none or it is longer than 60 UTF-16 units. Also of a text that is longer than
   * what is measured.
   */
  public long lineFingerprint() {
    return lineFingerprint;
  }

  public TextMeasures lineFingerprint(long lineFingerprint) {
    this.lineFingerprint = lineFingerprint;
    return this;
  }

  /** Number of distinct buckets of the first {@value #BUCKETED_WORDS} words. */
  public int bucketCount() {
    return bucketCount;
  }

  /** Bucket {@code index}, in {@code [0, BUCKETS)}; they increase. */
  public int bucket(int index) {
    if (index < 0 || index >= bucketCount) {
      throw new IndexOutOfBoundsException("bucket " + index + " of " + bucketCount);
    }
    return buckets[index];
  }

  /** Adds a bucket above those that are there. */
  public TextMeasures addBucket(int bucket) {
    int least = bucketCount == 0 ? 0 : buckets[bucketCount - 1] + 1;
    if (bucket < least || bucket >= BUCKETS) {
      throw new IllegalArgumentException(
          "bucket must be in [" + least + ", " + BUCKETS + "), was " + bucket);
    }
    if (bucketCount == BUCKETED_WORDS) {
      throw new IllegalArgumentException("buckets must be at most " + BUCKETED_WORDS);
    }
    if (bucketCount == buckets.length) {
      buckets = Arrays.copyOf(buckets, Math.max(32, 2 * bucketCount));
    }
    buckets[bucketCount++] = (short) bucket;
    return this;
  }
}
