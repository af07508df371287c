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

  /** Values that a look-up takes one after the other: they lie in one line of the cache. */
  static final int BLOCK = 16;

  private final float[] values;
  private final int[] below;
  private final int[] through;
  private final int size;

  private RankTable(float[] values, int[] below, int[] through, int size) {
    this.values = values;
    this.below = below;
    this.through = through;
    this.size = size;
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

  /** Number of whole blocks of values. */
  int blocks() {
    return values.length / BLOCK;
  }

  /** What a {@link RankLookup} reads of the table. */
  int wordCount() {
    return blocks() + 3 * values.length + 1;
  }

  /**
   * Puts in what a {@link RankLookup} reads: the largest value of each whole block; the values; and
   * for each value i, twice the middle of the counts between the values i - 1 and i, then at i.
   * Values are in their bits.
   */
  void putWords(int[] words, int start) {
    for (int i = 0; i < blocks(); i++) {
      words[start + i] = Float.floatToRawIntBits(values[BLOCK * (i + 1) - 1]);
    }
    int first = start + blocks();
    for (int i = 0; i < values.length; i++) {
      words[first + i] = Float.floatToRawIntBits(values[i]);
    }
    int middles = first + values.length;
    for (int i = 0; i <= values.length; i++) {
      words[middles + 2 * i] = twiceMiddleBefore(i);
      if (i < values.length) {
        words[middles + 2 * i + 1] = twiceMiddleAt(i);
      }
    }
  }

  private int twiceMiddleBefore(int index) {
    int left = index == 0 ? 0 : through[index - 1];
    int right = index == values.length ? size : below[index];
    return left + right + 1;
  }

  private int twiceMiddleAt(int index) {
    return below[index] + through[index] + 1;
  }

  /**
   * The mid-rank of a value, in (0, 1); NaN for NaN, and for everything when nothing was learned.
   */
  double rank(float value) {
    if (Float.isNaN(value) || size == 0) {
      return Double.NaN;
    }
    int index = Quantiles.below(values, value);
    boolean isKept = index < values.length && values[index] == value;
    return (isKept ? twiceMiddleAt(index) : twiceMiddleBefore(index)) / 2.0 / (size + 1);
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
