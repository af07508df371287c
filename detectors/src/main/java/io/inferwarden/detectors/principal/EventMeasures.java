package io.inferwarden.detectors.principal;

/** What is measured of one event before it is cut into bins; NaN where missing. Reused. */
final class EventMeasures {
  /** Slot of the label, -1 without one. */
  int label;

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

  final EncodedInput input;
  final float[] work;
  final float[] projected = new float[Projection.DIMENSIONS];
  final byte[] projectionCodes = new byte[Projection.DIMENSIONS];

  EventMeasures(FeatureTable table) {
    this.input = table.newInput();
    this.work = new float[table.columns()];
  }
}
