package io.inferwarden.bench.abuse.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded values are of scipy.stats.shapiro, SciPy 1.10.1, which computes in single precision. */
class ShapiroWilkTest {
  private static final double GOLDEN = 0.6180339887498949;

  @ParameterizedTest
  @CsvSource({
    "3, 0.9364003539085388",
    "4, 0.9742420315742493",
    "5, 0.9568063020706177",
    "6, 0.906393826007843",
    "11, 0.9223251342773438",
    "12, 0.9400827884674072",
    "50, 0.9168667793273926",
    "101, 0.9193536043167114",
    "1000, 0.9185562133789062",
    "4999, 0.9185870885848999"
  })
  void equalsScipyOnLogarithms(int size, double expected) {
    double[] values =
        IntStream.rangeClosed(1, size).mapToDouble(i -> Math.log1p(9 * part(i))).toArray();

    assertThat(ShapiroWilk.statistic(values)).isCloseTo(expected, within(2e-5));
  }

  @ParameterizedTest
  @CsvSource({"20, 0.4813910126686096", "300, 0.42839497327804565"})
  void equalsScipyOnAHeavyTail(int size, double expected) {
    double[] values =
        IntStream.rangeClosed(1, size).mapToDouble(i -> Math.pow(1 + 9 * part(i), -3)).toArray();

    assertThat(ShapiroWilk.statistic(values)).isCloseTo(expected, within(2e-5));
  }

  @Test
  void equalsThePublishedWeightsOfElevenMen() {
    double[] weights = {148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236};

    assertThat(ShapiroWilk.statistic(weights)).isCloseTo(0.78881, within(1e-5));
  }

  @Test
  void isOneWithoutSpreadAndIgnoresScale() {
    double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
    double[] scaled = {-6, -2, -8, -2, -10, -18, -4, -12};

    assertThat(ShapiroWilk.statistic(new double[] {2, 2, 2, 2})).isEqualTo(1);
    assertThat(ShapiroWilk.statistic(scaled))
        .isCloseTo(ShapiroWilk.statistic(values), within(1e-12));
  }

  @Test
  void refusesTwoValues() {
    assertThatThrownBy(() -> ShapiroWilk.statistic(new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values must be >= 3, was 2");
  }

  private static double part(int i) {
    return i * GOLDEN % 1;
  }
}
