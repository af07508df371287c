package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * What honest events hardly ever pass, of the principals that no signal of the learning rejected.
 *
 * @param near 1 % of their distances to the nearest own recent input are at most this; NaN when
 *     there were none
 * @param outside 99 % of their inputs have at most so many values outside the usual range
 */
record MarkBounds(float near, int outside) {
  private static final double RARE = 0.01;

  static final MarkBounds NONE = new MarkBounds(Float.NaN, Integer.MAX_VALUE);

  /**
   * @param isHonest for each learned event, whether its principal counts as honest
   */
  static MarkBounds learn(SampleMeasures measures, boolean[] isHonest) {
    double[] near = new double[measures.size()];
    double[] outside = new double[measures.size()];
    int nears = 0;
    int outsides = 0;
    for (int i = 0; i < isHonest.length; i++) {
      if (isHonest[i] && !measures.repeat[i]) {
        outside[outsides++] = measures.outside[i];
        if (!Float.isNaN(measures.near[i])) {
          near[nears++] = measures.near[i];
        }
      }
    }
    return new MarkBounds(
        nears == 0 ? Float.NaN : (float) quantile(near, nears, RARE),
        outsides == 0 ? Integer.MAX_VALUE : (int) Math.ceil(quantile(outside, outsides, 1 - RARE)));
  }

  private static double quantile(double[] values, int size, double probability) {
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return Quantiles.of(sorted, probability);
  }

  void writeTo(StateWriter out) {
    out.writeFloat(near).writeInt(outside);
  }

  static MarkBounds readFrom(StateReader in) {
    return new MarkBounds(in.readFloat(), in.readInt());
  }
}
