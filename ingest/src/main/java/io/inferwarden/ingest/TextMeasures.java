package io.inferwarden.ingest;

import java.util.Arrays;

/**
 * What is kept of a text: counts, marks, tactics, the buckets that its words hash to, and
 * fingerprints; never the text. Measured are its first {@value #MEASURED_CHARACTERS} UTF-16 units.
 * A word is a run of letters and apostrophes, a run of digits, or any other single character that
 * is not white space; case does not matter. Mutable and reused from event to event, like the event
 * that holds it.
 *
 * <p>Hashes are made under a {@link TextKey}. Under {@link TextKey#none()} whoever can guess a
 * whole text can confirm the guess by its fingerprint; a bucket is one of 4096 and stands for many
 * words. Character classes, patterns, canaries, SimHash and template are measured at the door only,
 * by a parser that was given a key; elsewhere they are 0. {@code docs/privacy/measures.md} tells
 * all that is kept of a text.
 */
public final class TextMeasures {
  /** UTF-16 units of a text that are measured at most. */
  public static final int MEASURED_CHARACTERS = 16_384;

  /** Number of buckets that words hash to. */
  public static final int BUCKETS = 4096;

  /** Words of a text that are put in buckets at most: the first ones. */
  public static final int BUCKETED_WORDS = 200;

  /** Version of the lexicons of refusals and tactics; it grows with every change to their words. */
  public static final int LEXICON_VERSION = 1;

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
  private final int[] classes = new int[CharacterClass.all().length];
  private final int[] patterns = new int[TextPattern.all().length];
  private int canaries;
  private long simHash;
  private long template;
  private int lexicon = LEXICON_VERSION;

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
      Arrays.fill(classes, 0);
      Arrays.fill(patterns, 0);
      canaries = 0;
      simHash = 0;
      template = 0;
      lexicon = LEXICON_VERSION;
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
    atLeast(0, count.code(), value);
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

  /** Forgets the buckets, and nothing else. */
  void clearBuckets() {
    bucketCount = 0;
  }

  /** UTF-16 units of a class, at least 0. */
  public int characters(CharacterClass characterClass) {
    return classes[characterClass.index()];
  }

  public TextMeasures characters(CharacterClass characterClass, int value) {
    classes[characterClass.index()] = atLeast(0, characterClass.code(), value);
    return this;
  }

  /** How often a pattern is in the text, at least 0. */
  public int patterns(TextPattern pattern) {
    return patterns[pattern.index()];
  }

  public TextMeasures patterns(TextPattern pattern, int value) {
    patterns[pattern.index()] = atLeast(0, pattern.code(), value);
    return this;
  }

  /** How many of the configured {@link Canaries} are in the text. */
  public int canaries() {
    return canaries;
  }

  public TextMeasures canaries(int canaries) {
    this.canaries = atLeast(0, "canaries", canaries);
    return this;
  }

  /**
   * A hash of the variable part that differs in few bits between texts that differ in few words
   * (see {@code docs/privacy/measures.md}); 0 for a text shorter than 20 UTF-16 units or without
   * words.
   */
  public long simHash() {
    return simHash;
  }

  public TextMeasures simHash(long simHash) {
    this.simHash = simHash;
    return this;
  }

  /** A hash that is equal for texts made from one template; 0 for a blank text. */
  public long template() {
    return template;
  }

  public TextMeasures template(long template) {
    this.template = template;
    return this;
  }

  /** The version of the lexicons by which refusals and tactics were told. */
  public int lexicon() {
    return lexicon;
  }

  public TextMeasures lexicon(int lexicon) {
    this.lexicon = atLeast(1, "lexicon", lexicon);
    return this;
  }

  private static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", was " + value);
    }
    return value;
  }
}
