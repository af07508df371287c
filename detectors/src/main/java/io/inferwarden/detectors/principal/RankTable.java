package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * Mid-ranks in a learned distribution: {@code u(v) = (values below v + values not above v + 1) / 2
 * / (size + 1)}, strictly between 0 and 1.
 *
 * <p>Kept are distinct values with the counts below and not above them, thinned: a gap between
 * neighbours holds at most 1/16 of the values on its thinner side, so {@code min(u, 1 - u)} is
 * known to 1/32 of itself, and the 16 outermost values on each side are all there. With at most 64
 * distinct values nothing is thinned, and the ranks are exact.
 */
final class RankTable {
  private static final int RELATIVE_PRECISION = 16;
  private static final int FEW_DISTINCT = 64;
  private static final int MAXIMUM_VALUES = 1 << 20;

  /** Values that are looked at one after the other: they lie in one line of the cache. */
  private static final int BLOCK = 16;

  private final float[] values;
  private final int[] below;
  private final int[] through;
  private final int size;

  /** The largest value of each whole block. */
  private final float[] blockEnds;

  /**
   * At {@code 2 i} the rank of what lies between the values {@code i - 1} and {@code i}, then of i.
   */
  private final double[] ranks;

  private RankTable(float[] values, int[] below, int[] through, int size) {
    this.values = values;
    this.below = below;
    this.through = through;
    this.size = size;
    this.blockEnds = new float[values.length / BLOCK];
    for (int i = 0; i < blockEnds.length; i++) {
      blockEnds[i] = values[BLOCK * (i + 1) - 1];
    }
    this.ranks = new double[2 * values.length + 1];
    for (int i = 0; i <= values.length; i++) {
      int left = i == 0 ? 0 : through[i - 1];
      int right = i == values.length ? size : below[i];
      ranks[2 * i] = middle(left, right);
      if (i < values.length) {
        ranks[2 * i + 1] = middle(below[i], through[i]);
      }
    }
  }

  private double middle(int left, int right) {
    return (left + right + 1) / 2.0 / (size + 1);
  }

  /**
   * @param sample the learned values, without NaN; sorted in place
   */
  static RankTable learn(float[] sample) {
    Arrays.sort(sample);
    int size = sample.length;
    float[] values = new float[size];
    int[] below = new int[size];
    int[] through = new int[size];
    boolean hasFewDistinct = hasFewDistinct(sample);
    int kept = 0;
    int next;
    for (int start = 0; start < size; start = next) {
      next = end(sample, start);
      int last = kept == 0 ? 0 : through[kept - 1];
      int gapWithout = next - last;
      int thinnerSide = Math.min(last, size - next);
      if (hasFewDistinct || next == size || gapWithout > thinnerSide / RELATIVE_PRECISION) {
        values[kept] = sample[start];
        below[kept] = start;
        through[kept++] = next;
      }
    }
    return new RankTable(
        Arrays.copyOf(values, kept),
        Arrays.copyOf(below, kept),
        Arrays.copyOf(through, kept),
        size);
  }

  private static boolean hasFewDistinct(float[] sorted) {
    int distinct = 0;
    for (int start = 0; start < sorted.length && distinct <= FEW_DISTINCT; distinct++) {
      start = end(sorted, start);
    }
    return distinct <= FEW_DISTINCT;
  }

  private static int end(float[] sample, int start) {
    int end = start + 1;
    while (end < sample.length && sample[end] == sample[start]) {
      end++;
    }
    return end;
  }

  /** Number of values learned. */
  int size() {
    return size;
  }

  /** Number of distinct values kept. */
  int kept() {
    return values.length;
  }

  /**
   * The mid-rank of a value, in (0, 1); NaN for NaN, and for everything when nothing was learned.
   */
  double rank(float value) {
    if (Float.isNaN(value) || size == 0) {
      return Double.NaN;
    }
    int low = below(value);
    boolean isKept = low < values.length && values[low] == value;
    return ranks[isKept ? 2 * low + 1 : 2 * low];
  }

  /**
   * Number of values below the given one. Where a value falls cannot be predicted, and what is
   * compared with it is mostly not in the nearest cache: a look at a few neighbours, without
   * branches, is faster than a search that halves.
   */
  private int below(float value) {
    float signed = Quantiles.withSignedZero(value);
    int block = BLOCK * Quantiles.below(blockEnds, value);
    int end = Math.min(values.length, block + BLOCK);
    int low = block;
    for (int i = block; i < end; i++) {
      low -= Quantiles.maskBelow(values[i], signed);
    }
    return low;
  }

  void writeTo(StateWriter out) {
    CompactForm.writeCount(out, size);
    CompactForm.writeCount(out, values.length);
    int last = 0;
    for (int i = 0; i < values.length; i++) {
      out.writeFloat(values[i]);
      CompactForm.writeCount(out, below[i] - last);
      CompactForm.writeCount(out, through[i] - below[i]);
      last = through[i];
    }
  }

  static RankTable readFrom(StateReader in) {
    int size = CompactForm.readLength(in, Integer.MAX_VALUE - 1);
    int kept = CompactForm.readLength(in, MAXIMUM_VALUES);
    float[] values = new float[kept];
    int[] below = new int[kept];
    int[] through = new int[kept];
    int last = 0;
    for (int i = 0; i < kept; i++) {
      values[i] = in.readFloat();
      below[i] = last + CompactForm.readLength(in, size);
      through[i] = below[i] + CompactForm.readLength(in, size);
      last = through[i];
    }
    return new RankTable(values, below, through, size);
  }
}
