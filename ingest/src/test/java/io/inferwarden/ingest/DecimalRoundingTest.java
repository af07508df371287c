package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalRoundingTest {
  private static final int CASES = 300_000;

  private int answers;

  @Test
  void roundsAsTheJdkDoesOrGivesNoAnswer() {
    SplittableRandom random = new SplittableRandom(1);

    for (int i = 0; i < CASES; i++) {
      long digits = random.nextLong() >>> random.nextInt(Long.SIZE);
      check(digits, random.nextInt(-110, 111));
    }

    assertThat(answers).isGreaterThan(CASES * 85 / 100);
  }

  @Test
  void answersForTheNumbersThatPythonAndJavaPrint() {
    SplittableRandom random = new SplittableRandom(2);

    for (int i = 0; i < CASES; i++) {
      BigDecimal printed =
          new BigDecimal(Double.toString(random.nextDouble() * Math.pow(10, -random.nextInt(60))));
      check(printed.unscaledValue().longValueExact(), -printed.scale());
    }

    assertThat(answers).isGreaterThan(CASES * 99 / 100);
  }

  @Test
  void givesNoWrongAnswerAtAndBesideTies() {
    SplittableRandom random = new SplittableRandom(3);

    for (int i = 0; i < CASES; i++) {
      // A double and half of its last bit, written out as far as 19 digits reach.
      double number = Double.longBitsToDouble(random.nextLong(0x3000L << 48, 0x5000L << 48));
      BigDecimal tie =
          new BigDecimal(number)
              .add(new BigDecimal(Math.ulp(number)).divide(BigDecimal.valueOf(2)));
      BigInteger unscaled = tie.unscaledValue();
      int dropped = Math.max(0, tie.precision() - 19);
      long digits = unscaled.divide(BigInteger.TEN.pow(dropped)).longValue();
      check(digits + random.nextInt(-1, 2), dropped - tie.scale());
    }
    for (long digits = (1L << 53) - 8; digits < (1L << 53) + 8; digits++) {
      check(digits, 0);
      check(digits << 1, 0);
      check(digits << 10, 0);
      check(digits, 22);
      check(digits, -22);
      check(digits, 23);
    }
    check(-1L, 0);
    check(-1L, -100);
    check(Long.MIN_VALUE, 100);
    check(0, 100);
    check(0, -1000);
  }

  private void check(long digits, int exponent) {
    double actual = DecimalRounding.toDouble(digits, exponent);
    if (!Double.isNaN(actual)) {
      answers++;
      String decimal = Long.toUnsignedString(digits) + "e" + exponent;
      assertThat(actual).as(decimal).isEqualTo(Double.parseDouble(decimal));
    }
  }
}
