package io.inferwarden.detectors.principal;

/** What is measured of one event before it is cut into bins; NaN where missing. Reused. */
final class EventMeasures {
  /** Slot of the label, -1 without one. */
  int label;

  /** The best score; of a single score, the one of the more likely side. */
  float best;

  /** Best score minus the second best. */
  float margin;

  float typical;
  float joint;

  /** Squared Mahalanobis distance to the mean of the label. */
  float far;

  /** Distance to the nearest of the principal's own recent inputs. */
  float near;

  /** Whether the input is one of the principal's recent ones again. */
  boolean repeat;

  /** Values outside the usual range of their features. */
  int outside;

  /** Slot of the principal's ring that the input took; -1 when it took none. */
  int slot;

  /** Inputs of the ring before this one came. */
  int kept;

  /** Squared distances to the inputs of the ring, as they were before this one came. */
  final float[] squares = new float[StateBytes.RING_SLOTS];

  /** Its ranks, as {@link RankLookup} orders them; NaN where missing. */
  final double[] ranks = new double[RankLookup.RANKS];

  final float[] ranked = new float[RankLookup.RANKS];
  final int[] rankEntries = new int[RankLookup.RANKS];
  final int[] rankPositions = new int[RankLookup.RANKS];

  final EncodedInput input;
  final float[] work;
  final float[] projected = new float[Projection.DIMENSIONS];
  final int[] positions = new int[Projection.DIMENSIONS];
  final byte[] projectionCodes = new byte[Projection.DIMENSIONS];

  EventMeasures(FeatureTable table) {
    this.input = table.newInput();
    this.work = new float[table.columns()];
  }
}
