package io.inferwarden.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Strings planted where nobody should read them: a text that holds one shows a leak. They are
 * secrets: no message, and not {@link #toString()}, shows one. All are found in one pass (Aho and
 * Corasick 1975, doi:10.1145/360825.360855), as they are spelled, case included. Immutable, so
 * threads may share one.
 */
public final class Canaries {
  /** UTF-16 units of a canary at least, so that none is met by chance. */
  public static final int SHORTEST = 8;

  /** UTF-16 units of a canary at most. */
  public static final int LONGEST = 256;

  /** UTF-16 units of all canaries together at most. */
  public static final int MOST_CHARACTERS = 32_768;

  /** Distinct UTF-16 units in all canaries at most. */
  public static final int MOST_SYMBOLS = 255;

  private static final Canaries NONE = new Canaries(List.of());

  private final int count;
  private final byte[] symbolOfAscii = new byte[128];
  private final char[] otherCharacters;
  private final byte[] otherSymbols;
  private final int symbolCount;
  private final int[] transitions;

  /** For each state the canary that ends there, or -1. */
  private final int[] endings;

  /** For each state the longest canary that its path ends with, by the state where that ends; 0. */
  private final int[] reports;

  /** The same for paths that end in a canary, and the next shorter canary. */
  private final int[] shorterReports;

  private Canaries(List<String> canaries) {
    count = canaries.size();
    NavigableMap<Character, Byte> symbols = symbols(canaries);
    symbolCount = symbols.size() + 1;
    int others = symbols.tailMap((char) symbolOfAscii.length, true).size();
    otherCharacters = new char[others];
    otherSymbols = new byte[others];
    int next = 0;
    for (Map.Entry<Character, Byte> symbol : symbols.entrySet()) {
      if (symbol.getKey() < symbolOfAscii.length) {
        symbolOfAscii[symbol.getKey()] = symbol.getValue();
      } else {
        otherCharacters[next] = symbol.getKey();
        otherSymbols[next++] = symbol.getValue();
      }
    }
    List<int[]> states = new ArrayList<>(List.of(new int[symbolCount]));
    List<Integer> ends = new ArrayList<>(List.of(-1));
    for (int canary = 0; canary < count; canary++) {
      add(canaries.get(canary), canary, states, ends);
    }
    endings = ends.stream().mapToInt(Integer::intValue).toArray();
    reports = new int[endings.length];
    shorterReports = new int[endings.length];
    transitions = complete(states);
  }

  /** Nothing to look for. */
  public static Canaries none() {
    return NONE;
  }

  /**
   * The canaries to look for.
   *
   * @param canaries strings of {@value #SHORTEST} to {@value #LONGEST} UTF-16 units; one that comes
   *     twice counts once
   */
  public static Canaries of(Collection<String> canaries) {
    int characters = 0;
    for (String canary : canaries) {
      if (canary.length() < SHORTEST || canary.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a canary must have %d to %d characters, one had %d"
                .formatted(SHORTEST, LONGEST, canary.length()));
      }
      characters += canary.length();
      if (characters > MOST_CHARACTERS) {
        throw new IllegalArgumentException(
            "canaries must have <= " + MOST_CHARACTERS + " characters together");
      }
    }
    return canaries.isEmpty() ? NONE : new Canaries(List.copyOf(new TreeSet<>(canaries)));
  }

  /** Number of distinct canaries. */
  public int count() {
    return count;
  }

  /**
   * How many of the canaries are in this part of a text.
   *
   * @param found of {@link #count()} entries, overwritten: whether each was found
   */
  int countIn(char[] text, int from, int to, boolean[] found) {
    if (count == 0) {
      return 0;
    }
    Arrays.fill(found, false);
    int distinct = 0;
    int state = 0;
    for (int at = from; at < to; at++) {
      state = transitions[state * symbolCount + symbol(text[at])];
      int report = reports[state];
      // What was found before has reported all its own endings, too.
      while (report != 0 && !found[endings[report]]) {
        found[endings[report]] = true;
        distinct++;
        report = shorterReports[report];
      }
    }
    return distinct;
  }

  private int symbol(char character) {
    if (character < symbolOfAscii.length) {
      return symbolOfAscii[character] & 0xff;
    }
    int index = Arrays.binarySearch(otherCharacters, character);
    return index < 0 ? 0 : otherSymbols[index] & 0xff;
  }

  private static NavigableMap<Character, Byte> symbols(List<String> canaries) {
    NavigableMap<Character, Byte> symbols = new TreeMap<>();
    for (String canary : canaries) {
      for (int i = 0; i < canary.length(); i++) {
        symbols.putIfAbsent(canary.charAt(i), (byte) (symbols.size() + 1));
      }
    }
    if (symbols.size() > MOST_SYMBOLS) {
      throw new IllegalArgumentException(
          "canaries must have <= " + MOST_SYMBOLS + " different characters");
    }
    return symbols;
  }

  private void add(String canary, int index, List<int[]> states, List<Integer> ends) {
    int state = 0;
    for (int i = 0; i < canary.length(); i++) {
      int[] targets = states.get(state);
      int symbol = symbol(canary.charAt(i));
      if (targets[symbol] == 0) {
        targets[symbol] = states.size();
        states.add(new int[symbolCount]);
        ends.add(-1);
      }
      state = targets[symbol];
    }
    ends.set(state, index);
  }

  /** Breadth first, so that the state to fall back to is complete before it is needed. */
  private int[] complete(List<int[]> states) {
    int[] rows = new int[states.size() * symbolCount];
    int[] fallbacks = new int[states.size()];
    ArrayDeque<Integer> waiting = new ArrayDeque<>(List.of(0));
    while (!waiting.isEmpty()) {
      int state = waiting.remove();
      int fallback = fallbacks[state];
      shorterReports[state] = reports[fallback];
      reports[state] = endings[state] >= 0 ? state : reports[fallback];
      for (int symbol = 0; symbol < symbolCount; symbol++) {
        int child = states.get(state)[symbol];
        int behind = state == 0 ? 0 : rows[fallback * symbolCount + symbol];
        rows[state * symbolCount + symbol] = child == 0 ? behind : child;
        if (child != 0) {
          fallbacks[child] = behind;
          waiting.add(child);
        }
      }
    }
    return rows;
  }

  @Override
  public String toString() {
    return "Canaries[" + count + "]";
  }
}
