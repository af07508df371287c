package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one signal was in the events of a learning sample, in the order of time. */
final class SampledValues {
  private final long[] timeMillis;
  private final double[] numbers;
  private final @Nullable String[] words;

  private SampledValues(long[] timeMillis, double[] numbers, @Nullable String[] words) {
    this.timeMillis = timeMillis;
    this.numbers = numbers;
    this.words = words;
  }

  /** Reads a signal of every event once. */
  static SampledValues of(List<? extends Observation> sample, SignalSource source) {
    long[] timeMillis = new long[sample.size()];
    double[] numbers = new double[timeMillis.length];
    @Nullable String[] words = new @Nullable String[timeMillis.length];
    for (int i = 0; i < timeMillis.length; i++) {
      Observation each = sample.get(i);
      timeMillis[i] = each.timeMillis();
      numbers[i] = source.number(each);
      words[i] = source.word(each);
    }
    return new SampledValues(timeMillis, numbers, words);
  }

  /** How many events have the signal. */
  int given() {
    int given = 0;
    for (int i = 0; i < numbers.length; i++) {
      given += words[i] != null || !Double.isNaN(numbers[i]) ? 1 : 0;
    }
    return given;
  }

  /** Words where any value is a word, or where there is no value at all. */
  SignalBins bins() {
    boolean hasWords = Arrays.stream(words).anyMatch(word -> word != null);
    double[] given = Arrays.stream(numbers).filter(each -> !Double.isNaN(each)).toArray();
    if (!hasWords && given.length > 0) {
      return NumberBins.of(given);
    }
    WordBins.Learner learner = new WordBins.Learner();
    for (int i = 0; i < numbers.length; i++) {
      learner.add(numbers[i], words[i]);
    }
    return learner.bins();
  }

  /** The counts of every pane that has events. */
  LearningPanes panes(SignalBins bins, long paneMillis, long firstPaneStart) {
    LearningPanes panes = LearningPanes.empty();
    int[] counts = new int[bins.size()];
    long start = Math.floorDiv(timeMillis[0], paneMillis) * paneMillis;
    for (int i = 0; i < numbers.length; i++) {
      long own = Math.floorDiv(timeMillis[i], paneMillis) * paneMillis;
      if (own != start) {
        addPane(panes, counts, start, firstPaneStart);
        counts = new int[bins.size()];
        start = own;
      }
      counts[bins.bin(numbers[i], words[i])]++;
    }
    addPane(panes, counts, start, firstPaneStart);
    return panes;
  }

  private static void addPane(LearningPanes panes, int[] counts, long start, long firstPaneStart) {
    long day = Math.floorDiv(start - firstPaneStart, ModelBaseline.DAY_MILLIS);
    panes.add(counts, Season.epochHour(start), day);
  }
}
