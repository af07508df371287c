package io.inferwarden.detectors.principal;

/** The features of one event in the order of the {@link FeatureTable}; reused between events. */
final class EncodedInput {
  final int[] codes;
  final int[] coarse;
  final float[] columns;
  final int[] seenIn;
  int event;

  /** Values outside the usual range of their features. */
  int outside;

  EncodedInput(int features, int columns) {
    this.codes = new int[features];
    this.coarse = new int[features];
    this.columns = new float[columns];
    this.seenIn = new int[features];
  }
}
