package io.inferwarden.app.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nearest-rank quantiles: of {@code n} ascending values, the one at rank {@code ceil(q n)}, so
 * always a value that occurred.
 */
final class NearestRank {
  private NearestRank() {}

  /**
   * The quantile of {@code population} values of which only these are finite.
   *
   * @param finite ascending
   * @param population at least the number of finite values; the others are larger than all of them
   * @param quantile in (0, 1]
   * @return null when the rank falls on a value that is not finite, or there is none
   */
  static <T> @Nullable T of(List<T> finite, int population, double quantile) {
    if (!(quantile > 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile must be in (0, 1], was " + quantile);
    }
    int rank = (int) Math.ceil(quantile * population);
    return rank >= 1 && rank <= finite.size() ? finite.get(rank - 1) : null;
  }
}
