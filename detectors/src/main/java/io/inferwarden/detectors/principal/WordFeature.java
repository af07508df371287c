package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature that is a word or missing: one code for each usual word, one for all others, one for
 * missing. A number among the words counts as the word that prints it.
 */
final class WordFeature implements FeatureCoding {
  private static final int MAXIMUM_WORDS = 256;
  private static final int COARSE_WORDS = 5;
  private static final double SOFTENING = 0.1;

  private final List<String> words;
  private final double[] hotShares;

  /** Each column's value where its word is missing, and where it is there. */
  private final float[] columnWithout;

  private final float[] columnWith;
  private final boolean[] isUsual;
  private final boolean missingIsUsual;
  private final Map<String, Integer> codeByWord = new HashMap<>();

  /**
   * @param words the usual words, most frequent first
   * @param hotShares for the first words, which have a column each, their share of the events
   * @param isUsual for each word, whether principals usually send it
   * @param missingIsUsual whether at least 0.5 % of the events lack the feature
   */
  private WordFeature(
      List<String> words, double[] hotShares, boolean[] isUsual, boolean missingIsUsual) {
    this.isUsual = isUsual;
    this.missingIsUsual = missingIsUsual;
    this.words = words;
    this.hotShares = hotShares;
    this.columnWithout = new float[hotShares.length];
    this.columnWith = new float[hotShares.length];
    for (int i = 0; i < hotShares.length; i++) {
      double share = hotShares[i];
      double deviation = Math.sqrt(share * (1 - share)) + SOFTENING;
      columnWithout[i] = (float) ((0 - share) / deviation);
      columnWith[i] = (float) ((1 - share) / deviation);
    }
    for (int i = 0; i < words.size(); i++) {
      codeByWord.put(words.get(i), i);
    }
  }

  /**
   * @param counts how often each word occurs in the learning
   * @param usual the words that principals usually send
   * @param events number of events of the learning
   * @param maximumColumns how many words may have a column
   */
  static WordFeature learn(
      Map<String, Integer> counts, Set<String> usual, int events, int maximumColumns) {
    List<String> words =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAXIMUM_WORDS)
            .map(Map.Entry::getKey)
            .toList();
    double[] shares = new double[Math.min(Math.min(COARSE_WORDS, maximumColumns), words.size())];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = counts.getOrDefault(words.get(i), 0) / (double) events;
    }
    long present = counts.values().stream().mapToLong(Integer::longValue).sum();
    boolean[] isUsual = new boolean[words.size()];
    for (int i = 0; i < isUsual.length; i++) {
      isUsual[i] = usual.contains(words.get(i));
    }
    boolean missingIsUsual = events - present >= FEWEST_USUAL * events;
    return new WordFeature(words, shares, isUsual, missingIsUsual);
  }

  /** The word that stands for a value; null when it is missing. */
  static @Nullable String wordOf(double number, @Nullable String word) {
    if (word != null) {
      return word;
    }
    return Double.isNaN(number) ? null : Double.toString(number);
  }

  @Override
  public int codes() {
    return words.size() + 2;
  }

  @Override
  public int columns() {
    return hotShares.length;
  }

  @Override
  public int code(double number, @Nullable String word) {
    String key = wordOf(number, word);
    if (key == null) {
      return words.size() + 1;
    }
    Integer code = codeByWord.get(key);
    return code == null ? words.size() : code;
  }

  @Override
  public int coarse(double number, int code) {
    if (code > words.size()) {
      return COARSE_MISSING;
    }
    return code == words.size() ? COARSE_WORDS : Math.min(code, COARSE_WORDS);
  }

  @Override
  public boolean isOutside(double number, int code) {
    return code > words.size() ? !missingIsUsual : code == words.size() || !isUsual[code];
  }

  @Override
  public void standardise(double number, int code, float[] target, int offset) {
    System.arraycopy(columnWithout, 0, target, offset, columnWithout.length);
    if (code < columnWith.length) {
      target[offset + code] = columnWith[code];
    }
  }

  @Override
  public void writeTo(StateWriter out) {
    out.writeBoolean(false).writeInt(words.size());
    words.forEach(out::writeString);
    out.writeDoubles(hotShares).writeBoolean(missingIsUsual);
    for (boolean usual : isUsual) {
      out.writeBoolean(usual);
    }
  }

  static WordFeature readFrom(StateReader in) {
    int size = in.readInt();
    if (size < 0 || size > MAXIMUM_WORDS) {
      throw new IllegalArgumentException(
          "words must be in [0, " + MAXIMUM_WORDS + "], was " + size);
    }
    List<String> words = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      words.add(in.readString());
    }
    double[] hotShares = in.readDoubles();
    boolean missingIsUsual = in.readBoolean();
    boolean[] isUsual = new boolean[size];
    for (int i = 0; i < size; i++) {
      isUsual[i] = in.readBoolean();
    }
    return new WordFeature(words, hotShares, isUsual, missingIsUsual);
  }
}
