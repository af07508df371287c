package io.inferwarden.detectors.principal;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * All ranks of an event at once, the same as {@link ConditionalRanks} gives one by one.
 *
 * <p>With many models the tables are seldom in the nearest caches, and an event asks eight of them.
 * So all tables of a model are one array, which says in one line where those of a label are, and
 * the eight searches take their steps together: they wait for memory at the same time instead of
 * one after the other.
 *
 * <p>The array begins with a directory: rows of four entries (the table's start, its whole blocks,
 * the values that it keeps, the values that it learned from), the first row for the ranks among all
 * events, then one for each slot of a label, the last for events whose label has none. Immutable.
 */
final class RankLookup {
  /** Ranks of an event: four among all events, four among those of its label. */
  static final int RANKS = 8;

  static final int MARGIN = 0;
  static final int TYPICAL = 1;
  static final int JOINT = 2;
  static final int NEAR = 3;
  static final int MARGIN_OF_LABEL = 4;
  static final int TYPICAL_OF_LABEL = 5;
  static final int JOINT_OF_LABEL = 6;
  static final int FAR_OF_LABEL = 7;

  private static final int START = 0;
  private static final int BLOCKS = 1;
  private static final int KEPT = 2;
  private static final int SIZE = 3;
  private static final int ENTRY_WORDS = 4;
  private static final int ROW_ENTRIES = 4;
  private static final int ROW_WORDS = ROW_ENTRIES * ENTRY_WORDS;

  private final int[] words;
  private final int labelSlots;

  private RankLookup(int[] words, int labelSlots) {
    this.words = words;
    this.labelSlots = labelSlots;
  }

  static RankLookup of(
      ConditionalRanks margin,
      ConditionalRanks typical,
      ConditionalRanks joint,
      ConditionalRanks near,
      ConditionalRanks far) {
    List<ConditionalRanks> byLabel = List.of(margin, typical, joint, far);
    int labelSlots = byLabel.stream().mapToInt(ConditionalRanks::slots).max().orElse(0);
    RankTable[] entries = new RankTable[ROW_ENTRIES * (labelSlots + 2)];
    int filled = 0;
    for (ConditionalRanks ranks : List.of(margin, typical, joint, near)) {
      entries[filled++] = ranks.given(-1);
    }
    for (int label = 0; label <= labelSlots; label++) {
      for (ConditionalRanks ranks : byLabel) {
        entries[filled++] = ranks.given(label);
      }
    }
    return new RankLookup(words(entries), labelSlots);
  }

  /** A table that several entries have in common is there once. */
  private static int[] words(RankTable[] entries) {
    IdentityHashMap<RankTable, Integer> startOf = new IdentityHashMap<>();
    int[] starts = new int[entries.length];
    int end = ENTRY_WORDS * entries.length;
    for (int i = 0; i < entries.length; i++) {
      Integer known = startOf.putIfAbsent(entries[i], end);
      starts[i] = known == null ? end : known;
      end += known == null ? entries[i].wordCount() : 0;
    }
    int[] words = new int[end];
    for (int i = 0; i < entries.length; i++) {
      int entry = ENTRY_WORDS * i;
      words[entry + START] = starts[i];
      words[entry + BLOCKS] = entries[i].blocks();
      words[entry + KEPT] = entries[i].kept();
      words[entry + SIZE] = entries[i].size();
    }
    startOf.forEach((table, start) -> table.putWords(words, start));
    return words;
  }

  /** Sets the event's ranks, each in (0, 1), or NaN. */
  void find(EventMeasures event) {
    float[] values = event.ranked;
    values[MARGIN] = event.margin;
    values[TYPICAL] = event.typical;
    values[JOINT] = event.joint;
    values[NEAR] = event.near;
    values[MARGIN_OF_LABEL] = event.margin;
    values[TYPICAL_OF_LABEL] = event.typical;
    values[JOINT_OF_LABEL] = event.joint;
    values[FAR_OF_LABEL] = event.far;
    int[] entries = event.rankEntries;
    int ofLabel = ROW_WORDS * (1 + row(event.label));
    for (int i = 0; i < ROW_ENTRIES; i++) {
      entries[i] = ENTRY_WORDS * i;
      entries[ROW_ENTRIES + i] = ofLabel + ENTRY_WORDS * i;
    }
    int[] positions = event.rankPositions;
    for (int i = 0; i < RANKS; i++) {
      positions[i] = RankTable.BLOCK * blocksBelow(entries[i], values[i]);
    }
    for (int i = 0; i < RANKS; i++) {
      positions[i] = valuesBelow(entries[i], positions[i], values[i]);
    }
    for (int i = 0; i < RANKS; i++) {
      event.ranks[i] = rank(entries[i], positions[i], values[i]);
    }
  }

  private int row(int label) {
    return label < 0 ? labelSlots : Math.min(label, labelSlots);
  }

  /**
   * Number of whole blocks that are below a value. Where it falls cannot be predicted: a search
   * without branches is faster.
   */
  private int blocksBelow(int entry, float value) {
    int start = words[entry + START];
    float signed = Quantiles.withSignedZero(value);
    int block = 0;
    int left = words[entry + BLOCKS];
    while (left > 0) {
      int half = (left + 1) >>> 1;
      block += half & maskBelow(start + block + half - 1, signed);
      left -= half;
    }
    return block;
  }

  /** Number of values below the given one, by a look at those of one block. */
  private int valuesBelow(int entry, int from, float value) {
    int values = words[entry + START] + words[entry + BLOCKS];
    int end = Math.min(words[entry + KEPT], from + RankTable.BLOCK);
    float signed = Quantiles.withSignedZero(value);
    int below = from;
    for (int i = from; i < end; i++) {
      below -= maskBelow(values + i, signed);
    }
    return below;
  }

  private double rank(int entry, int below, float value) {
    int size = words[entry + SIZE];
    if (Float.isNaN(value) || size == 0) {
      return Double.NaN;
    }
    int values = words[entry + START] + words[entry + BLOCKS];
    int kept = words[entry + KEPT];
    boolean isKept = below < kept && Float.intBitsToFloat(words[values + below]) == value;
    return words[values + kept + 2 * below + (isKept ? 1 : 0)] / 2.0 / (size + 1);
  }

  private int maskBelow(int at, float signed) {
    return Quantiles.maskBelow(Float.intBitsToFloat(words[at]), signed);
  }
}
