package io.inferwarden.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Phrases on their way to an automaton that finds all of them in one pass (Aho and Corasick 1975,
 * doi:10.1145/360825.360855). Characters that no phrase holds share two symbols: one for those of
 * words, one for the others.
 */
final class PhraseTrie {
  /** In a phrase: a character that is not part of a word. */
  static final char EDGE = '#';

  /** In a phrase: a character that is part of a word. */
  static final char WORD_CHARACTER = '*';

  /** The symbol of a character that is in no phrase and no part of a word. */
  static final byte OTHER = 0;

  /** The symbol of a part of words that is in no phrase. */
  static final byte OTHER_OF_WORD = 1;

  private static final int ASCII = 128;
  private static final int NO_STATE = -1;

  private final byte[] symbols = new byte[ASCII];
  private final List<Byte> edges = new ArrayList<>(List.of(OTHER));
  private final List<Byte> wordCharacters = new ArrayList<>(List.of(OTHER_OF_WORD));
  private final List<int[]> children = new ArrayList<>();
  private final int symbolCount;
  private int[] found = new int[64];

  /**
   * @param alphabet the characters of the phrases to come, ASCII in lower case
   */
  PhraseTrie(String alphabet) {
    for (char character = 0; character < ASCII; character++) {
      symbols[character] = isOfWord(character) ? OTHER_OF_WORD : OTHER;
    }
    byte next = OTHER_OF_WORD + 1;
    for (int i = 0; i < alphabet.length(); i++) {
      char character = alphabet.charAt(i);
      if (character != EDGE && character != WORD_CHARACTER && symbols[character] < 2) {
        (isOfWord(character) ? wordCharacters : edges).add(next);
        symbols[character] = next++;
      }
    }
    for (char upper = 'A'; upper <= 'Z'; upper++) {
      symbols[upper] = symbols[Character.toLowerCase(upper)];
    }
    symbolCount = next;
    newState();
  }

  /** Part of words: letters, digits and the underscore, as in regular expressions. */
  static boolean isOfWord(char character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }

  /** Wherever the phrase ends, these bits are found. */
  void add(String phrase, int bits) {
    add(phrase, 0, 0, bits);
  }

  private void add(String phrase, int at, int state, int bits) {
    if (at == phrase.length()) {
      found[state] |= bits;
      return;
    }
    char character = phrase.charAt(at);
    List<Byte> choices =
        switch (character) {
          case EDGE -> edges;
          case WORD_CHARACTER -> wordCharacters;
          default -> List.of(symbols[character]);
        };
    for (byte symbol : choices) {
      add(phrase, at + 1, child(state, symbol), bits);
    }
  }

  private int child(int state, int symbol) {
    int[] targets = children.get(state);
    if (targets[symbol] == NO_STATE) {
      targets[symbol] = newState();
    }
    return targets[symbol];
  }

  private int newState() {
    int[] targets = new int[symbolCount];
    Arrays.fill(targets, NO_STATE);
    children.add(targets);
    if (children.size() > found.length) {
      found = Arrays.copyOf(found, 2 * found.length);
    }
    return children.size() - 1;
  }

  /** The symbol of each ASCII character; upper case has those of lower case. */
  byte[] symbols() {
    return symbols.clone();
  }

  int symbolCount() {
    return symbolCount;
  }

  /**
   * Makes the automaton: for each state and symbol the state that follows, from state 0 on. No
   * phrase may be added after this. Goes breadth first, so that the state to fall back to is
   * complete before it is needed.
   */
  int[][] complete() {
    int[] fallbacks = new int[children.size()];
    int[][] transitions = new int[children.size()][];
    ArrayDeque<Integer> waiting = new ArrayDeque<>(List.of(0));
    while (!waiting.isEmpty()) {
      int state = waiting.remove();
      int[] targets = children.get(state);
      found[state] |= found[fallbacks[state]];
      for (int symbol = 0; symbol < symbolCount; symbol++) {
        int fallback = state == 0 ? 0 : transitions[fallbacks[state]][symbol];
        if (targets[symbol] == NO_STATE) {
          targets[symbol] = fallback;
        } else {
          fallbacks[targets[symbol]] = fallback;
          waiting.add(targets[symbol]);
        }
      }
      transitions[state] = targets;
    }
    return transitions;
  }

  /** The bits found by reaching each state of the completed automaton. */
  int[] found() {
    return Arrays.copyOf(found, children.size());
  }
}
