package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * How one feature becomes a fine code (for typicality), a coarse code (for what goes together) and
 * standardised columns (for distances).
 */
sealed interface FeatureCoding permits NumericFeature, WordFeature {
  /** Number of coarse codes; the last one is the missing value. */
  int COARSE_CODES = 7;

  /** A missing value is unusual when fewer of the learned events lack the feature. */
  double FEWEST_USUAL = 0.005;

  int COARSE_MISSING = COARSE_CODES - 1;

  /** Number of fine codes, the missing value included. */
  int codes();

  /** Number of standardised columns. */
  int columns();

  /** The fine code, in {@code [0, codes())}. A NaN number without a word is a missing value. */
  int code(double number, @Nullable String word);

  /** The coarse code, in {@code [0, COARSE_CODES)}. */
  int coarse(double number, int code);

  /**
   * Whether almost no principal sends such a value: a number beyond those of 99 % of the learned
   * principals, a word that less than 1 % of them used, or none where 99.5 % of the events have
   * one.
   */
  boolean isOutside(double number, int code);

  /** Puts the standardised columns into {@code target}, from {@code offset} on. */
  void standardise(double number, int code, float[] target, int offset);

  void writeTo(StateWriter out);

  static FeatureCoding readFrom(StateReader in) {
    return in.readBoolean() ? NumericFeature.readFrom(in) : WordFeature.readFrom(in);
  }
}
