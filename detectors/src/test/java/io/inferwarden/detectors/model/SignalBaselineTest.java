package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalBaselineTest {

  /** Large panes of which events are alike discount OTHER below what Good-Turing moves to NEW. */
  @Test
  void everyBinKeepsMassWhenRareWordsMeetLargeSimilarPanes() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      words.add("usual" + i % 20);
    }
    for (int i = 0; i < 30; i++) {
      words.add("once" + i);
    }
    WordBins.Learner learner = new WordBins.Learner();
    words.forEach(word -> learner.add(Double.NaN, word));
    WordBins bins = learner.bins();
    double[] counts = new double[bins.size()];
    for (String word : words) {
      counts[bins.bin(Double.NaN, word)]++;
    }
    double[] prior = LearningPanes.flatPrior(bins.size());
    Vectors.addTo(prior, bins.unseen());
    SignalBaseline baseline =
        new SignalBaseline(
            "word",
            SignalGroup.INPUT,
            bins,
            new double[][] {counts},
            prior,
            Season.NONE,
            50,
            256,
            List.of(),
            Double.NaN,
            0,
            new double[SettledWander.CANDIDATES]);
    double[] centre = new double[bins.size()];

    baseline.centre(0, new double[bins.size()], centre);

    assertThat(Arrays.stream(centre).min().orElseThrow()).isPositive();
  }

  /** Words of an outage that is left out of the learning are still moved from OTHER to NEW. */
  @Test
  void sharesStayWithinOneWhenTheRareWordsWereSeenInPanesLeftOut() {
    List<List<String>> panes = new ArrayList<>();
    for (int pane = 0; pane < 40; pane++) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        words.add(pane == 20 ? "once" + i : "usual" + i % 20);
      }
      panes.add(words);
    }
    WordBins.Learner learner = new WordBins.Learner();
    panes.forEach(words -> words.forEach(word -> learner.add(Double.NaN, word)));
    WordBins bins = learner.bins();
    LearningPanes learned = LearningPanes.empty();
    for (int pane = 0; pane < panes.size(); pane++) {
      int[] counts = new int[bins.size()];
      panes.get(pane).forEach(word -> counts[bins.bin(Double.NaN, word)]++);
      learned.add(counts, pane, pane / 24);
    }

    SignalBaseline baseline = SignalLearner.learn("word", SignalGroup.INPUT, bins, learned, .05);

    assertThat(Arrays.stream(baseline.usual()).min().orElseThrow()).isPositive();
    assertThat(Arrays.stream(baseline.usual()).sum()).isCloseTo(1, within(1e-12));
  }
}
