package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Eight fixed random projections of the standardised columns, and a byte code for each value: the
 * code's levels follow an inverse hyperbolic sine, dense where inputs are dense and wide at the
 * extremes, so that the distance between near neighbours survives.
 */
final class Projection {
  static final int DIMENSIONS = 8;

  private static final long SEED = 1;
  private static final int LARGEST_CODE = 127;

  private final float[] matrix;
  private final float[] levels;

  /** Halfway between neighbouring levels. */
  private final float[] middles;

  /** The same levels at the code as an unsigned byte. */
  private final float[] levelByCode = new float[256];

  /**
   * @param matrix of {@code DIMENSIONS} values for each column
   * @param levels value of each code from {@code -LARGEST_CODE} to {@code LARGEST_CODE}
   */
  private Projection(float[] matrix, float[] levels) {
    this.matrix = matrix;
    this.levels = levels;
    this.middles = new float[Math.max(0, levels.length - 1)];
    for (int i = 0; i < middles.length; i++) {
      middles[i] = (levels[i] + levels[i + 1]) / 2;
    }
    for (int i = 0; i < levels.length; i++) {
      levelByCode[(i - LARGEST_CODE) & 0xff] = levels[i];
    }
  }

  static Projection learn(FeatureTable table, List<LearningSample> samples) {
    float[] matrix = new float[table.columns() * DIMENSIONS];
    Random random = new Random(SEED);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) (random.nextGaussian() / Math.sqrt(table.columns()));
    }
    Projection unscaled = new Projection(matrix, new float[0]);
    EncodedInput input = table.newInput();
    float[] projected = new float[DIMENSIONS];
    double[] sizes = new double[samples.size() * DIMENSIONS];
    int filled = 0;
    for (LearningSample sample : samples) {
      table.encode(sample.observation(), input);
      unscaled.project(input, projected);
      for (float value : projected) {
        sizes[filled++] = Math.abs(value);
      }
    }
    Arrays.sort(sizes);
    double middle = Math.max(1e-6, Quantiles.of(sizes, 0.5));
    double largest = Math.max(middle, Quantiles.of(sizes, 0.9999));
    return new Projection(matrix, levels(middle, largest));
  }

  private static float[] levels(double middle, double largest) {
    double ratio = largest / middle;
    double reach = Math.log(ratio + Math.sqrt(ratio * ratio + 1));
    float[] levels = new float[2 * LARGEST_CODE + 1];
    for (int code = -LARGEST_CODE; code <= LARGEST_CODE; code++) {
      levels[code + LARGEST_CODE] = (float) (middle * Math.sinh(reach * code / LARGEST_CODE));
    }
    return levels;
  }

  void project(EncodedInput input, float[] target) {
    Arrays.fill(target, 0);
    int at = 0;
    for (float column : input.columns) {
      for (int i = 0; i < DIMENSIONS; i++) {
        target[i] += column * matrix[at + i];
      }
      at += DIMENSIONS;
    }
  }

  /**
   * Brings projections into the range that codes can hold, and finds their codes.
   *
   * @param positions scratch memory, as long as there are dimensions
   */
  void encode(float[] projected, byte[] codes, int[] positions) {
    float largest = levels[levels.length - 1];
    for (int i = 0; i < DIMENSIONS; i++) {
      projected[i] = Quantiles.withSignedZero(Math.max(-largest, Math.min(largest, projected[i])));
      positions[i] = 0;
    }
    int size = middles.length;
    while (size > 0) {
      // the searches of all dimensions take the same steps, and run side by side
      int half = (size + 1) >>> 1;
      for (int i = 0; i < DIMENSIONS; i++) {
        int at = positions[i];
        positions[i] = at + (half & Quantiles.maskBelow(middles[at + half - 1], projected[i]));
      }
      size -= half;
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      codes[i] = (byte) (positions[i] - LARGEST_CODE);
    }
  }

  /** Squared distance of a projection to the one whose codes begin at {@code start}. */
  float squaredDistance(byte[] codes, int start, float[] projected) {
    float sum = 0;
    long word = StateBytes.i64(codes, start);
    for (int i = 0; i < DIMENSIONS; i++) {
      float difference = levelByCode[(int) word & 0xff] - projected[i];
      sum += difference * difference;
      word >>>= Byte.SIZE;
    }
    return sum;
  }

  void writeTo(StateWriter out) {
    CompactForm.writeFloats(out, matrix);
    CompactForm.writeFloats(out, levels);
  }

  static Projection readFrom(StateReader in) {
    return new Projection(CompactForm.readFloats(in), CompactForm.readFloats(in));
  }
}
