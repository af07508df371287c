package io.inferwarden.alerting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in a feature's own unit, with as many digits as a change of them needs. */
final class Quantity {
  private static final int MOST_DECIMALS = 9;
  private static final double MOST_PLAIN = 1e12;

  private Quantity() {}

  /** The value, rounded to the second digit of the step by which it is said to have moved. */
  static String of(double value, double step) {
    if (value == 0) {
      return "0";
    }
    int decimals = decimals(step == 0 ? value : step);
    if (Math.abs(value) >= MOST_PLAIN || decimals > MOST_DECIMALS) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** A difference with its sign: {@code +6.1}, {@code -0.02}, {@code +0}. */
  static String signed(double step) {
    String size = of(Math.abs(step), step);
    return (step < 0 ? "-" : "+") + size;
  }

  /** How many decimals show two digits of the number. */
  private static int decimals(double number) {
    if (number == 0) {
      return 0;
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(number)));
    return Math.max(0, 1 - magnitude);
  }
}
