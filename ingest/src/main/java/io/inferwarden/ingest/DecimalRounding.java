package io.inferwarden.ingest;

import java.math.BigInteger;

/**
 * Finds the double nearest to {@code digits * 10^exponent}, ties to even as in IEEE 754, or gives
 * no answer; never another double.
 *
 * <p>Up to 2^53 and 10^22 both factors are doubles, so one operation rounds once (Clinger 1990,
 * doi:10.1145/93542.93557). Beyond, with the table of Lemire 2021, doi:10.1002/spe.2984: {@code w}
 * is {@code digits} shifted left to 64 bits, {@code t} the first 64 bits of the power of five, and
 * the value {@code w (t + e)} times a power of two, with {@code 0 <= e < 1}. As {@code w e < 2^64},
 * the exact product, counted in units of the upper word of {@code w t}, is at least that word and
 * less than 2 above it. Where a tie of the rounding lies within these bounds, for about one number
 * in 512, there is no answer.
 */
final class DecimalRounding {
  private static final int MOST_EXPONENT = 100;
  private static final int MOST_EXACT_EXPONENT = 22;
  private static final long MOST_EXACT_DIGITS = 1L << 53;
  private static final int FRACTION_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;

  private static final double[] TENS = new double[MOST_EXACT_EXPONENT + 1];

  /** The first 64 bits of each power of five, and the power of two that the last of them counts. */
  private static final long[] FIVES = new long[2 * MOST_EXPONENT + 1];

  private static final int[] SCALES = new int[FIVES.length];

  static {
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = BigInteger.TEN.pow(i).doubleValue();
    }
    for (int i = 0; i < FIVES.length; i++) {
      int exponent = i - MOST_EXPONENT;
      BigInteger five = BigInteger.valueOf(5).pow(Math.abs(exponent));
      boolean isDivisor = exponent < 0;
      int scale = isDivisor ? 1 - Long.SIZE - five.bitLength() : five.bitLength() - Long.SIZE;
      BigInteger first =
          isDivisor ? BigInteger.ONE.shiftLeft(-scale).divide(five) : five.shiftRight(scale);
      FIVES[i] = first.longValue();
      SCALES[i] = scale;
    }
  }

  private DecimalRounding() {}

  /**
   * The nearest double, or NaN for no answer.
   *
   * @param digits taken without a sign: 0 to 2^64 - 1
   */
  static double toDouble(long digits, int exponent) {
    if (digits >= 0
        && digits <= MOST_EXACT_DIGITS
        && exponent >= -MOST_EXACT_EXPONENT
        && exponent <= MOST_EXACT_EXPONENT) {
      return exponent < 0 ? digits / TENS[-exponent] : digits * TENS[exponent];
    }
    if (digits == 0) {
      return 0;
    }
    return Math.abs(exponent) > MOST_EXPONENT ? Double.NaN : ofProduct(digits, exponent);
  }

  private static double ofProduct(long digits, int exponent) {
    int leadingZeros = Long.numberOfLeadingZeros(digits);
    long product = upperWord(digits << leadingZeros, FIVES[exponent + MOST_EXPONENT]);
    int surplus = product < 0 ? Long.SIZE - 53 : Long.SIZE - 54;
    long tie = 1L << (surplus - 1);
    long rest = product & ((1L << surplus) - 1);
    if (rest == tie || rest == tie - 1) {
      return Double.NaN;
    }
    // 2^52 to 2^53, both included: a carry out of the fraction goes up into the exponent.
    long significand = (product >>> surplus) + (rest > tie ? 1 : 0);
    int power = surplus + Long.SIZE + SCALES[exponent + MOST_EXPONENT] + exponent - leadingZeros;
    int biased = power + FRACTION_BITS + EXPONENT_BIAS;
    return Double.longBitsToDouble(((biased - 1L) << FRACTION_BITS) + significand);
  }

  /** The upper 64 bits of the product of two numbers without a sign. */
  private static long upperWord(long some, long other) {
    return Math.multiplyHigh(some, other)
        + ((some >> (Long.SIZE - 1)) & other)
        + ((other >> (Long.SIZE - 1)) & some);
  }
}
