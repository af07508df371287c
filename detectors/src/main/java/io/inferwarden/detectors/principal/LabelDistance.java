package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Squared Mahalanobis distance of an input to the mean of its predicted label. Means are shrunk
 * towards the overall mean by three events; the covariance is pooled within the labels, plus 0.05
 * on the diagonal. A distance costs half of {@code columns²} multiplications with the inverse of
 * the Cholesky factor.
 */
final class LabelDistance {
  private static final double SHRINKING_EVENTS = 3;
  private static final double RIDGE = 0.05;

  private final float[][] means;

  /**
   * Lower triangular: of each column the entries from the last row up to the diagonal. So all
   * columns begin in the same row, at index 0 as the sums that they are added to, which is what the
   * compiler asks for to add several entries at a time.
   */
  private final float[][] inverseFactor;

  private LabelDistance(float[][] means, float[][] inverseFactor) {
    this.means = means;
    this.inverseFactor = inverseFactor;
  }

  static LabelDistance learn(FeatureTable table, LabelTable labels, List<LearningSample> samples) {
    int columns = table.columns();
    float[][] means = means(table, labels, samples);
    double[][] within = new double[columns][columns];
    EncodedInput input = table.newInput();
    double[] residual = new double[columns];
    for (LearningSample sample : samples) {
      int label = labels.slotOf(sample.observation().label());
      if (label >= 0) {
        table.encode(sample.observation(), input);
        addSquares(input.columns, means[label], residual, within);
      }
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        within[i][j] = within[i][j] / samples.size() + (i == j ? RIDGE : 0);
        within[j][i] = within[i][j];
      }
    }
    return new LabelDistance(means, inverseFactor(within));
  }

  private static void addSquares(
      float[] columns, float[] mean, double[] residual, double[][] within) {
    for (int i = 0; i < residual.length; i++) {
      residual[i] = columns[i] - mean[i];
      for (int j = 0; j <= i; j++) {
        within[i][j] += residual[i] * residual[j];
      }
    }
  }

  private static float[][] means(
      FeatureTable table, LabelTable labels, List<LearningSample> samples) {
    double[][] sums = new double[labels.slots()][table.columns()];
    int[] events = new int[labels.slots()];
    EncodedInput input = table.newInput();
    for (LearningSample sample : samples) {
      int label = labels.slotOf(sample.observation().label());
      if (label >= 0) {
        table.encode(sample.observation(), input);
        events[label]++;
        for (int i = 0; i < sums[label].length; i++) {
          sums[label][i] += input.columns[i];
        }
      }
    }
    float[][] means = new float[labels.slots()][table.columns()];
    for (int label = 0; label < means.length; label++) {
      for (int i = 0; i < means[label].length; i++) {
        means[label][i] = (float) (sums[label][i] / (events[label] + SHRINKING_EVENTS));
      }
    }
    return means;
  }

  private static float[][] inverseFactor(double[][] covariance) {
    int size = covariance.length;
    float[][] inverse = new float[size][];
    if (size == 0) {
      return inverse;
    }
    RealMatrix factor =
        new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false)).getL();
    double[] column = new double[size];
    for (int j = 0; j < size; j++) {
      inverse[j] = new float[size - j];
      for (int i = j; i < size; i++) {
        double sum = i == j ? 1 : 0;
        for (int k = j; k < i; k++) {
          sum -= factor.getEntry(i, k) * column[k];
        }
        column[i] = sum / factor.getEntry(i, i);
        inverse[j][size - 1 - i] = (float) column[i];
      }
    }
    return inverse;
  }

  /**
   * @param label a slot of the label table
   * @param work scratch memory, as long as there are columns
   */
  float of(int label, EncodedInput input, float[] work) {
    float[] mean = means[label];
    Arrays.fill(work, 0);
    for (int j = 0; j < mean.length; j++) {
      addMultiple(inverseFactor[j], input.columns[j] - mean[j], work);
    }
    double sum = 0;
    for (int i = mean.length - 1; i >= 0; i--) {
      sum += (double) work[i] * work[i];
    }
    return (float) sum;
  }

  private static void addMultiple(float[] column, float factor, float[] sums) {
    for (int i = 0; i < column.length; i++) {
      sums[i] += column[i] * factor;
    }
  }

  void writeTo(StateWriter out) {
    out.writeInt(means.length);
    for (float[] mean : means) {
      CompactForm.writeFloats(out, mean);
    }
    CompactForm.writeFloats(out, packed());
  }

  static LabelDistance readFrom(StateReader in) {
    float[][] means = new float[Math.max(0, in.readInt())][];
    for (int i = 0; i < means.length; i++) {
      means[i] = CompactForm.readFloats(in);
    }
    return new LabelDistance(means, unpacked(CompactForm.readFloats(in)));
  }

  /** Column after column, each from the diagonal down. */
  private float[] packed() {
    int size = inverseFactor.length;
    float[] packed = new float[size * (size + 1) / 2];
    int filled = 0;
    for (float[] column : inverseFactor) {
      for (int i = column.length - 1; i >= 0; i--) {
        packed[filled++] = column[i];
      }
    }
    return packed;
  }

  private static float[][] unpacked(float[] packed) {
    int size = (int) Math.sqrt(2.0 * packed.length);
    if (packed.length != size * (size + 1) / 2) {
      throw new IllegalArgumentException(
          "a triangular factor must have 1, 3, 6, 10 … numbers, had " + packed.length);
    }
    float[][] columns = new float[size][];
    int taken = 0;
    for (int j = 0; j < size; j++) {
      columns[j] = new float[size - j];
      for (int i = columns[j].length - 1; i >= 0; i--) {
        columns[j][i] = packed[taken++];
      }
    }
    return columns;
  }
}
