package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;

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
}
