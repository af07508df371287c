package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Whether the feature values of an input go together: the mean pointwise mutual information of the
 * coarse codes over at most 60 pairs of features, chosen once with a fixed seed. Larger = goes
 * together; 0 when there are no two features.
 */
final class JointTypicality {
  private static final int MAXIMUM_PAIRS = 60;
  private static final double SMOOTHING = 0.3;
  private static final int CODES = FeatureCoding.COARSE_CODES;
  private static final long SEED = 0;

  private final int[] first;
  private final int[] second;
  private final float[] information;

  /**
   * @param information of pair {@code i} and codes {@code a}, {@code b} at {@code (i * CODES + a) *
   *     CODES + b}
   */
  private JointTypicality(int[] first, int[] second, float[] information) {
    this.first = first;
    this.second = second;
    this.information = information;
  }

  static JointTypicality learn(FeatureTable table, List<LearningSample> samples) {
    int[][] pairs = choosePairs(table.size());
    int[] first = pairs[0];
    int[] second = pairs[1];
    int[] joint = new int[first.length * CODES * CODES];
    int[] single = new int[table.size() * CODES];
    EncodedInput input = table.newInput();
    for (LearningSample sample : samples) {
      table.encode(sample.observation(), input);
      for (int i = 0; i < first.length; i++) {
        joint[cell(i, input.coarse[first[i]], input.coarse[second[i]])]++;
      }
      for (int i = 0; i < table.size(); i++) {
        single[i * CODES + input.coarse[i]]++;
      }
    }
    float[] information = new float[joint.length];
    for (int i = 0; i < first.length; i++) {
      for (int a = 0; a < CODES; a++) {
        for (int b = 0; b < CODES; b++) {
          information[cell(i, a, b)] =
              (float)
                  (logShare(joint[cell(i, a, b)], samples.size(), CODES * CODES)
                      - logShare(single[first[i] * CODES + a], samples.size(), CODES)
                      - logShare(single[second[i] * CODES + b], samples.size(), CODES));
        }
      }
    }
    return new JointTypicality(first, second, information);
  }

  private static int[][] choosePairs(int features) {
    int all = features * (features - 1) / 2;
    int[] first = new int[all];
    int[] second = new int[all];
    int filled = 0;
    for (int a = 0; a < features; a++) {
      for (int b = 0; b < a; b++) {
        first[filled] = a;
        second[filled++] = b;
      }
    }
    int chosen = Math.min(MAXIMUM_PAIRS, all);
    Random random = new Random(SEED);
    for (int i = 0; i < chosen && all > MAXIMUM_PAIRS; i++) {
      int with = i + random.nextInt(all - i);
      swap(first, i, with);
      swap(second, i, with);
    }
    return new int[][] {Arrays.copyOf(first, chosen), Arrays.copyOf(second, chosen)};
  }

  private static void swap(int[] values, int i, int j) {
    int value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  private static int cell(int pair, int a, int b) {
    return (pair * CODES + a) * CODES + b;
  }

  private static double logShare(int count, int events, int codes) {
    return Math.log((count + SMOOTHING) / (events + SMOOTHING * codes));
  }

  float of(EncodedInput input) {
    if (first.length == 0) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += information[cell(i, input.coarse[first[i]], input.coarse[second[i]])];
    }
    return (float) (sum / first.length);
  }

  void writeTo(StateWriter out) {
    out.writeInt(first.length);
    for (int i = 0; i < first.length; i++) {
      out.writeShort(first[i]).writeShort(second[i]);
    }
    CompactForm.writeFloats(out, information);
  }

  static JointTypicality readFrom(StateReader in) {
    int pairs = in.readInt();
    if (pairs < 0 || pairs > MAXIMUM_PAIRS) {
      throw new IllegalArgumentException(
          "pairs must be in [0, " + MAXIMUM_PAIRS + "], was " + pairs);
    }
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    for (int i = 0; i < pairs; i++) {
      first[i] = in.readShort();
      second[i] = in.readShort();
    }
    return new JointTypicality(first, second, CompactForm.readFloats(in));
  }
}
