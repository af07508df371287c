package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestRankTest {

  @Test
  void theMedianOfFourIsTheSecond() {
    assertThat(NearestRank.of(List.of(1, 2, 3, 4), 4, .5)).isEqualTo(2);
    assertThat(NearestRank.of(List.of(1, 2, 3), 3, .5)).isEqualTo(2);
  }

  @Test
  void theNinetiethPercentileOfTenIsTheNinth() {
    List<Integer> ten = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    assertThat(NearestRank.of(ten, 10, .9)).isEqualTo(9);
    assertThat(NearestRank.of(ten.subList(0, 3), 3, .9)).isEqualTo(3);
  }

  @Test
  void aRankBeyondTheFiniteValuesHasNone() {
    assertThat(NearestRank.of(List.of(5), 2, .5)).isEqualTo(5);
    assertThat(NearestRank.of(List.of(5), 3, .5)).isNull();
    assertThat(NearestRank.<Integer>of(List.of(), 0, .5)).isNull();
  }

  @Test
  void aQuantileOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> NearestRank.of(List.of(1), 1, Double.NaN))
        .hasMessage("quantile must be in (0, 1], was NaN");
  }
}
