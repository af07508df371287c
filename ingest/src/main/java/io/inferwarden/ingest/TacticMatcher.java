package io.inferwarden.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the tactics of a text by the phrases of {@link TacticLexicon}, in one pass that looks up
 * one transition a character and allocates nothing. Immutable, so threads may share one.
 */
final class TacticMatcher {
  /** UTF-16 units between the two parts of a phrase with a gap, at most. */
  static final int WIDEST_GAP = 30;

  private static final String GAP = "...";
  private static final int TACTICS = 0xff;
  private static final int OPENS = 1 << 8;
  private static final int CLOSES_SHIFT = 9;
  private static final int LENGTH_SHIFT = 17;
  private static final TacticMatcher OF_LEXICON = new TacticMatcher();

  private final byte[] symbols;
  private final int symbolCount;

  /**
   * Rows of transitions, a state each: where the next row begins, or its complement when something
   * is found by going there.
   */
  private final int[] rows;

  private final int[] found;
  private final int start;

  private TacticMatcher() {
    StringBuilder alphabet = new StringBuilder();
    for (TextTactic tactic : TextTactic.inOrder()) {
      TacticLexicon.phrases(tactic).stream()
          .flatMap(phrase -> spellings(phrase).stream())
          .forEach(alphabet::append);
    }
    PhraseTrie trie = new PhraseTrie(alphabet.toString());
    int gaps = 0;
    for (TextTactic tactic : TextTactic.inOrder()) {
      for (String phrase : TacticLexicon.phrases(tactic)) {
        gaps += phrase.contains(GAP) ? 1 : 0;
        add(trie, phrase, tactic.bit());
      }
    }
    if (gaps > 1) {
      throw new IllegalStateException("phrases with a gap must be at most 1, were " + gaps);
    }
    symbols = trie.symbols();
    symbolCount = trie.symbolCount();
    int[][] transitions = trie.complete();
    found = trie.found();
    rows = rows(transitions, found);
    start = row(rows[PhraseTrie.OTHER]);
  }

  /** The matcher of the lexicon. */
  static TacticMatcher ofLexicon() {
    return OF_LEXICON;
  }

  /** The tactics of a text, a bit each. */
  int match(char[] text, int from, int to) {
    int tactics = 0;
    int row = start;
    int opened = Integer.MIN_VALUE;
    for (int at = from; at < to; at++) {
      char character = text[at];
      int next = rows[row + (character < 128 ? symbols[character] : symbol(character))];
      if (next < 0) {
        next = ~next;
        int bits = found[next / symbolCount];
        tactics |= bits & TACTICS;
        if ((bits & OPENS) != 0) {
          opened = at + 1;
        }
        int length = bits >>> LENGTH_SHIFT;
        if (length > 0 && isNear(text, opened, at + 1 - length)) {
          tactics |= bits >>> CLOSES_SHIFT & TACTICS;
        }
      }
      row = next;
    }
    return tactics | (found[row(rows[row + PhraseTrie.OTHER]) / symbolCount] & TACTICS);
  }

  /** Whether the second part of a phrase begins close enough behind the first, in its line. */
  private static boolean isNear(char[] text, int opened, int begin) {
    if (opened > begin || opened < begin - WIDEST_GAP) {
      return false;
    }
    for (int at = opened; at < begin; at++) {
      if (text[at] == '\n') {
        return false;
      }
    }
    return true;
  }

  private byte symbol(char character) {
    char lower = Character.toLowerCase(character);
    if (lower < 128) {
      return symbols[lower];
    }
    return PhraseTrie.isOfWord(character) ? PhraseTrie.OTHER_OF_WORD : PhraseTrie.OTHER;
  }

  private static void add(PhraseTrie trie, String phrase, int tactic) {
    int gap = phrase.indexOf(GAP);
    if (gap < 0) {
      spellings(phrase).forEach(spelling -> trie.add(spelling, tactic));
      return;
    }
    spellings(phrase.substring(0, gap)).forEach(spelling -> trie.add(spelling, OPENS));
    for (String spelling : spellings(phrase.substring(gap + GAP.length()))) {
      trie.add(spelling, tactic << CLOSES_SHIFT | spelling.length() << LENGTH_SHIFT);
    }
  }

  /** All ways to choose among the alternatives in brackets, which do not nest. */
  private static List<String> spellings(String phrase) {
    int opening = phrase.indexOf('(');
    if (opening < 0) {
      return List.of(phrase);
    }
    int closing = phrase.indexOf(')', opening);
    List<String> rests = spellings(phrase.substring(closing + 1));
    List<String> spellings = new ArrayList<>();
    for (String choice : phrase.substring(opening + 1, closing).split("\\|", -1)) {
      for (String rest : rests) {
        spellings.add(phrase.substring(0, opening) + choice + rest);
      }
    }
    return spellings;
  }

  private static int[] rows(int[][] transitions, int[] found) {
    int symbolCount = transitions[0].length;
    int[] rows = new int[transitions.length * symbolCount];
    for (int state = 0; state < transitions.length; state++) {
      for (int symbol = 0; symbol < symbolCount; symbol++) {
        int next = transitions[state][symbol];
        int row = next * symbolCount;
        rows[state * symbolCount + symbol] = found[next] == 0 ? row : ~row;
      }
    }
    return rows;
  }

  private static int row(int encoded) {
    return encoded < 0 ? ~encoded : encoded;
  }
}
