package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * What honest events hardly ever pass, of the principals that no signal of the learning rejected.
 *
 * @param near 1 % of the distances from an input to the nearest own recent one are at most this;
 *     NaN when there were none
 * @param radius 2 % of the distances from an input to any own recent one are at most this; NaN when
 *     there were none
 * @param outside an input is out of range with at least so many unusual values: an eighth of the
 *     features, two of several, and more than 99 % of honest inputs have
 */
record MarkBounds(float near, float radius, int outside) {
  static final MarkBounds NONE = new MarkBounds(Float.NaN, Float.NaN, Integer.MAX_VALUE);

  private static final double NEAR = 0.01;
  private static final double RADIUS = 0.02;
  private static final double OUTSIDE = 0.99;
  private static final int FEATURES_FOR_ONE = 8;

  /**
   * @param isHonest for each learned event, whether its principal counts as honest
   * @param features number of features of the model
   */
  static MarkBounds learn(SampleMeasures measures, boolean[] isHonest, int features) {
    double[] near = new double[measures.size()];
    double[] pair = new double[measures.size()];
    double[] outside = new double[measures.size()];
    int distances = 0;
    int inputs = 0;
    for (int i = 0; i < isHonest.length; i++) {
      if (isHonest[i] && !measures.repeat[i]) {
        outside[inputs++] = measures.outside[i];
        if (!Float.isNaN(measures.near[i])) {
          near[distances] = measures.near[i];
          pair[distances++] = measures.pair[i];
        }
      }
    }
    int usual = inputs == 0 ? 0 : (int) Math.ceil(quantile(outside, inputs, OUTSIDE));
    return new MarkBounds(
        distances == 0 ? Float.NaN : (float) quantile(near, distances, NEAR),
        distances == 0 ? Float.NaN : (float) quantile(pair, distances, RADIUS),
        Math.max(usual + 1, fewestOutside(features)));
  }

  /** One unusual value alone may be an honest outlier. */
  private static int fewestOutside(int features) {
    int eighth = (features + FEATURES_FOR_ONE - 1) / FEATURES_FOR_ONE;
    return Math.max(eighth, Math.min(2, features));
  }

  private static double quantile(double[] values, int size, double probability) {
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return Quantiles.of(sorted, probability);
  }

  void writeTo(StateWriter out) {
    out.writeFloat(near).writeFloat(radius).writeInt(outside);
  }

  static MarkBounds readFrom(StateReader in) {
    return new MarkBounds(in.readFloat(), in.readFloat(), in.readInt());
  }
}
