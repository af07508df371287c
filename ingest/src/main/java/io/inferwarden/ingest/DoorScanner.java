package io.inferwarden.ingest;

/**
 * Measures what only the door does: character classes, patterns, canaries, template, and the
 * SimHash of the variable part. Reused from text to text; not thread-safe.
 *
 * <p>The variable part is what fills the template's slots, if that is at least {@value
 * #FEWEST_VARIABLE} UTF-16 units and an eighth of the text; else it is the whole text.
 */
final class DoorScanner {
  /** UTF-16 units under which a text has no SimHash: too few to be told from others. */
  static final int SHORTEST_SIMILAR = 20;

  private static final int FEWEST_VARIABLE = 20;
  private static final int LEAST_VARIABLE_SHARE = 8;

  /** What a character adds to the four counts, which share a long: 16 bits for each class. */
  private static final long[] INCREMENTS = increments();

  private final TextKey key;
  private final Canaries canaries;
  private final boolean[] foundCanaries;
  private final TextTemplate template = new TextTemplate();
  private final PatternScanner patterns = new PatternScanner();
  private final SimHash simHash;
  private boolean hashesAll;
  private boolean hashesNothing;
  private int slot;

  DoorScanner(TextKey key, Canaries canaries) {
    this.key = key;
    this.canaries = canaries;
    this.foundCanaries = new boolean[canaries.count()];
    this.simHash = new SimHash(key);
  }

  /** Comes before the words of this part of a text. */
  void begin(char[] text, int from, int to) {
    template.scan(text, from, to);
    simHash.clear();
    slot = 0;
    int variable = template.slotCharacters();
    hashesNothing = to - from < SHORTEST_SIMILAR;
    hashesAll = variable < FEWEST_VARIABLE || LEAST_VARIABLE_SHARE * variable < to - from;
  }

  /** Takes the next word of letters or digits, by where it begins and its unkeyed hash. */
  void addWord(int begin, long hash) {
    if (!hashesNothing && (hashesAll || isInSlot(begin))) {
      simHash.add(hash);
    }
  }

  /** Comes behind the last word. */
  void end(char[] text, int from, int to, TextMeasures into) {
    into.simHash(simHash.value());
    into.template(key.hash(TextKey.Kind.TEMPLATE, template.hash()));
    into.canaries(canaries.countIn(text, from, to, foundCanaries));
    patterns.scan(text, from, to, into);
    countClasses(text, from, to, into);
  }

  /** Characters looked at beside passes over the text, since this was made. */
  long reads() {
    return template.reads() + patterns.reads();
  }

  private boolean isInSlot(int begin) {
    while (slot < template.slotCount() && template.slotEnd(slot) <= begin) {
      slot++;
    }
    return slot < template.slotCount() && template.slotBegin(slot) <= begin;
  }

  private static void countClasses(char[] text, int from, int to, TextMeasures into) {
    long counts = 0;
    for (int at = from; at < to; at++) {
      char character = text[at];
      counts += character < 128 ? INCREMENTS[character] : increment(character);
    }
    for (CharacterClass characterClass : CharacterClass.all()) {
      into.characters(characterClass, (int) (counts >>> (16 * characterClass.index())) & 0xffff);
    }
  }

  private static long increment(char character) {
    if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
      return one(CharacterClass.WHITE_SPACE);
    }
    if (Character.isDigit(character)) {
      return one(CharacterClass.DIGITS);
    }
    if (Character.isLetter(character)) {
      return one(CharacterClass.LETTERS);
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          one(CharacterClass.OTHER);
      default -> 0;
    };
  }

  private static long one(CharacterClass characterClass) {
    return 1L << (16 * characterClass.index());
  }

  private static long[] increments() {
    long[] increments = new long[128];
    for (char character = 0; character < increments.length; character++) {
      increments[character] = increment(character);
    }
    return increments;
  }
}
