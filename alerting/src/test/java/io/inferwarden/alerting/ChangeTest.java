package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void totalVariationIsHalfTheSumOfTheDifferences() {
    List<HistogramBin> bins = Examples.ageChange().histogram();

    assertThat(Change.totalVariation(bins)).isEqualTo(0.24, within(1e-12));
    assertThat(Change.totalVariation(List.of())).isZero();
  }

  @Test
  void refusesSharesThatSumToMoreThanAll() {
    List<HistogramBin> bins =
        List.of(new HistogramBin("a", 0.6, 0.1), new HistogramBin("b", 0.5, 0));

    assertThatThrownBy(() -> Change.ofCategories(0.1, bins))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum of the expected shares of a histogram must be <= 1, was 1.1");
  }

  @Test
  void refusesContributionsThatSumToMoreThanAll() {
    HistogramBin bin = new HistogramBin("a", 0.1, 0.1, 0.7);

    assertThatThrownBy(() -> Change.ofCategories(0.1, List.of(bin, bin)))
        .hasMessageStartingWith("sum of the contributions of a histogram must be <= 1, was 1.4");
  }

  @Test
  void forgivesWhatRoundingAddsToTheSharesOfManyBins() {
    HistogramBin bin = new HistogramBin("a", 1.0 / 64 + 1e-9, 1.0 / 64);

    assertThat(Change.ofCategories(0, Collections.nCopies(64, bin)).histogram()).hasSize(64);
  }

  @Test
  void refusesMoreBinsThanPeopleRead() {
    List<HistogramBin> bins = new ArrayList<>(Collections.nCopies(65, new HistogramBin("a", 0, 0)));

    assertThatThrownBy(() -> Change.ofCategories(0, bins))
        .hasMessage("histogram must have at most 64 bins, had 65");
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertThatThrownBy(() -> Change.ofCategories(1.5, List.of()))
        .hasMessage("totalVariation must be in 0..1, was 1.5");
    assertThatThrownBy(() -> Change.ofNumbers(0, Double.POSITIVE_INFINITY, 0, 0, List.of()))
        .hasMessage("shift must be finite or NaN, was Infinity");
    assertThatThrownBy(() -> new HistogramBin("a", Double.NaN, 0))
        .hasMessage("expectedShare must be in 0..1, was NaN");
  }
}
