package io.inferwarden.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Measures texts in one pass. Reused from text to text; not thread-safe. */
final class TextScanner {
  private static final String[] REFUSALS = {
    "i'm sorry",
    "im sorry",
    "i am sorry",
    "sorry",
    "i can't",
    "i cant",
    "i cannot",
    "i am unable",
    "i'm unable",
    "as an ai",
    "as a language model",
    "unfortunately"
  };
  private static final int LONGEST_REFUSAL = 19;

  /** Most characters that are no letters before a refusal. */
  private static final int BEFORE_REFUSAL = 16;

  /** Lines and words share a set; this tells them apart. */
  private static final long LINE = 0x6A09E667F3BCC909L;

  /** Letters from here on are words of their own: scripts that put no space between words. */
  static final char FIRST_UNSPACED = '\u2e80';

  private static final int TAIL = 64;

  /** UTF-16 units of a last line that is taken for one. */
  private static final int LONGEST_LAST_LINE = 60;

  private static final int SPACE = 0;
  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int PUNCTUATION = 3;
  private static final byte[] KIND_OF_ASCII = kindsOfAscii();

  private final TextKey key;
  private final @Nullable DoorScanner door;
  private final TacticMatcher lexicon = TacticMatcher.ofLexicon();
  private final EdgeWords edges = new EdgeWords();
  private final WordSet distinct = new WordSet();
  private final long[] buckets = new long[TextMeasures.BUCKETS / Long.SIZE];
  private final char[] start = new char[LONGEST_REFUSAL];
  private int[] hashes = new int[256];
  private int words;
  private int distinctWords;
  private int wordCharacters;

  /** Measures what detectors read, with hashes that everybody can compute. */
  TextScanner() {
    key = TextKey.none();
    door = null;
  }

  /**
   * Measures everything.
   *
   * @param key that hashes are made under
   * @param canaries to look for
   */
  TextScanner(TextKey key, Canaries canaries) {
    this.key = key;
    door = new DoorScanner(key, canaries);
  }

  /** Measures a text; all but the echo, which needs two. */
  void scan(char[] text, int offset, int length, TextMeasures into) {
    into.clear();
    int end = offset + Math.min(length, TextMeasures.MEASURED_CHARACTERS);
    words = 0;
    distinctWords = 0;
    wordCharacters = 0;
    distinct.clear();
    edges.clear();
    if (door != null) {
      door.begin(text, offset, end);
    }
    scanWords(text, offset, end);
    into.present().count(TextCount.CHARACTERS, end - offset).count(TextCount.WORDS, words);
    into.count(TextCount.DISTINCT_WORDS, distinctWords);
    into.count(TextCount.WORD_CHARACTERS, wordCharacters);
    scanLines(text, offset, end, into);
    into.fingerprint(key.hash(TextKey.Kind.FINGERPRINT, fingerprint(text, offset, length)));
    into.headFingerprint(key.hash(TextKey.Kind.EDGE, edges.head()));
    into.tailFingerprint(key.hash(TextKey.Kind.EDGE, edges.tail()));
    into.tactics(lexicon.match(text, offset, end));
    mark(text, offset, offset + length, into);
    addBuckets(into);
    if (door != null) {
      door.end(text, offset, end, into);
    }
  }

  /** How many words of the text scanned last are in the text that another scanner scanned last. */
  int echoOf(TextScanner other) {
    int echoed = 0;
    for (int i = 0; i < words; i++) {
      echoed += other.distinct.contains(hashes[i]) ? 1 : 0;
    }
    return echoed;
  }

  private void scanWords(char[] text, int offset, int end) {
    int at = offset;
    while (at < end) {
      int begin = at;
      int kind = kind(text[at]);
      long hash = StableHash.append(StableHash.START, lower(text[at]));
      at++;
      if (kind == SPACE) {
        continue;
      }
      if (isRun(kind, text[begin])) {
        while (at < end && kind(text[at]) == kind && isRun(kind, text[at])) {
          hash = StableHash.append(hash, lower(text[at]));
          at++;
        }
      }
      long mixed = StableHash.mix(hash);
      addWord(mixed, at - begin);
      if (kind == LETTER && text[begin] != '\'') {
        edges.add(mixed);
      }
      if (door != null && kind != PUNCTUATION) {
        door.addWord(begin, mixed);
      }
    }
  }

  private static boolean isRun(int kind, char character) {
    return kind == DIGIT || (kind == LETTER && character < FIRST_UNSPACED);
  }

  private void addWord(long hash, int characters) {
    int word = (int) hash;
    if (words == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * words);
    }
    hashes[words++] = word;
    wordCharacters += characters;
    distinctWords += distinct.add(word) ? 1 : 0;
    if (words <= TextMeasures.BUCKETED_WORDS) {
      int bucket = bucket(key.hash(TextKey.Kind.WORD, hash));
      buckets[bucket >>> 6] |= 1L << bucket;
    }
  }

  /** The bucket of a word's hash. */
  static int bucket(long hash) {
    return (int) (hash >>> 32) & (TextMeasures.BUCKETS - 1);
  }

  private void addBuckets(TextMeasures into) {
    for (int i = 0; i < buckets.length; i++) {
      for (long rest = buckets[i]; rest != 0; rest &= rest - 1) {
        into.addBucket(Long.SIZE * i + Long.numberOfTrailingZeros(rest));
      }
      buckets[i] = 0;
    }
  }

  private void scanLines(char[] text, int offset, int end, TextMeasures into) {
    int newlines = 0;
    int punctuation = 0;
    int lines = 0;
    int distinctLines = 0;
    long hash = LINE;
    long trimmed = LINE;
    for (int at = offset; at < end; at++) {
      char character = text[at];
      if (character == '\n') {
        newlines++;
        if (trimmed != LINE) {
          lines++;
          distinctLines += distinct.add((int) StableHash.mix(trimmed)) ? 1 : 0;
        }
        hash = LINE;
        trimmed = LINE;
        continue;
      }
      int kind = kind(character);
      punctuation += kind == PUNCTUATION || character == '\'' ? 1 : 0;
      if (kind != SPACE) {
        hash = StableHash.append(hash, character);
        trimmed = hash;
      } else if (trimmed != LINE) {
        hash = StableHash.append(hash, character);
      }
    }
    if (trimmed != LINE) {
      lines++;
      distinctLines += distinct.add((int) StableHash.mix(trimmed)) ? 1 : 0;
    }
    into.count(TextCount.NEWLINES, newlines).count(TextCount.PUNCTUATION, punctuation);
    into.count(TextCount.LINES, lines).count(TextCount.DISTINCT_LINES, distinctLines);
  }

  /** Of the measured part, the last characters and the length. */
  private static long fingerprint(char[] text, int offset, int length) {
    long hash = StableHash.START ^ length;
    int measured = Math.min(length, TextMeasures.MEASURED_CHARACTERS);
    for (int at = offset; at < offset + measured; at++) {
      hash = StableHash.append(hash, text[at]);
    }
    for (int at = Math.max(offset + measured, offset + length - TAIL); at < offset + length; at++) {
      hash = StableHash.append(hash, text[at]);
    }
    return StableHash.mix(hash);
  }

  private void mark(char[] text, int offset, int end, TextMeasures into) {
    int from = offset;
    while (from < end && kind(text[from]) == SPACE) {
      from++;
    }
    if (from == end) {
      into.opening(TextMark.EMPTY).first(TextMark.OTHER).ending(TextMark.OTHER);
      return;
    }
    int to = end;
    while (kind(text[to - 1]) == SPACE) {
      to--;
    }
    into.opening(isRefusal(text, from, end) ? TextMark.REFUSAL : opening(text, offset, end));
    into.first(first(text[from])).ending(ending(text[to - 1]));
    into.lineFingerprint(key.hash(TextKey.Kind.LINE, lineFingerprint(text, from, to)));
  }

  /** Hash of the last line of a text that begins and ends with no white space; 0 when too long. */
  private static long lineFingerprint(char[] text, int from, int to) {
    int begin = to;
    for (int at = to - 1; at >= from && text[at] != '\n'; at--) {
      if (kind(text[at]) != SPACE) {
        begin = at;
        if (to - begin > LONGEST_LAST_LINE) {
          return 0;
        }
      }
    }
    long hash = LINE;
    for (int at = begin; at < to; at++) {
      hash = StableHash.append(hash, lower(text[at]));
    }
    return StableHash.mix(hash);
  }

  private static TextMark opening(char[] text, int offset, int end) {
    char head = text[offset];
    if (head == '\n') {
      return offset + 1 < end && text[offset + 1] == '\n'
          ? TextMark.TWO_NEWLINES
          : TextMark.NEWLINE;
    }
    if (head == ' ') {
      return TextMark.SPACE;
    }
    return Character.isLetter(head) ? TextMark.LETTER : TextMark.OTHER;
  }

  private static TextMark first(char head) {
    if (Character.isDigit(head)) {
      return TextMark.DIGIT;
    }
    if (Character.isUpperCase(head)) {
      return TextMark.UPPER;
    }
    if (Character.isLowerCase(head)) {
      return TextMark.LOWER;
    }
    return switch (head) {
      case '-', '*', '\u2022' -> TextMark.BULLET;
      case '"', '\'', '\u201c' -> TextMark.QUOTE;
      default -> TextMark.OTHER;
    };
  }

  private static TextMark ending(char last) {
    return switch (last) {
      case '.' -> TextMark.FULL_STOP;
      case '!', '?', '"', '\'', ')', ':' -> TextMark.MARK;
      default -> Character.isLetter(last) ? TextMark.LETTER : TextMark.OTHER;
    };
  }

  private boolean isRefusal(char[] text, int offset, int end) {
    int from = offset;
    int latest = Math.min(end, offset + BEFORE_REFUSAL);
    while (from < latest && !Character.isLetterOrDigit(text[from])) {
      from++;
    }
    int length = Math.min(LONGEST_REFUSAL, end - from);
    for (int i = 0; i < length; i++) {
      char character = text[from + i];
      start[i] = character == '\u2019' ? '\'' : lower(character);
    }
    for (String refusal : REFUSALS) {
      if (refusal.length() <= length && startsWith(refusal)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsWith(String phrase) {
    for (int i = 0; i < phrase.length(); i++) {
      if (start[i] != phrase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static char lower(char character) {
    if (character < 128) {
      return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
    }
    return Character.toLowerCase(character);
  }

  /** An apostrophe is part of words. */
  private static int kind(char character) {
    return character < 128 ? KIND_OF_ASCII[character] : kindOf(character);
  }

  private static int kindOf(char character) {
    if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
      return SPACE;
    }
    if (Character.isDigit(character)) {
      return DIGIT;
    }
    return Character.isLetter(character) ? LETTER : PUNCTUATION;
  }

  private static byte[] kindsOfAscii() {
    byte[] kinds = new byte[128];
    for (char character = 0; character < kinds.length; character++) {
      kinds[character] = (byte) (character == '\'' ? LETTER : kindOf(character));
    }
    return kinds;
  }
}
