package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.TextObservation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * How usual the words of a text are: with {@code c_b} the learned texts that hold a word of bucket
 * b, {@code typicality = mean over the text's buckets of ln((c_b + 0.3) / sum (c + 0.3))}. Larger
 * is more usual. Immutable; 24 KB.
 */
final class WordTable {
  static final int BUCKETS = 4096;
  private static final double PRIOR = .3;

  /** Counts; more texts than a char holds count as that many. */
  private final char[] counts;

  private final float[] logShares = new float[BUCKETS];

  /**
   * @param counts learned texts by bucket; kept
   */
  WordTable(char[] counts) {
    this.counts = counts;
    double total = 0;
    for (char count : counts) {
      total += count + PRIOR;
    }
    for (int b = 0; b < BUCKETS; b++) {
      logShares[b] = (float) Math.log((counts[b] + PRIOR) / total);
    }
  }

  /** Adds one text to counts of which a table is to be made. */
  static void count(TextObservation text, char[] counts) {
    for (int i = 0; i < text.bucketCount(); i++) {
      int bucket = text.bucket(i);
      if (counts[bucket] < Character.MAX_VALUE) {
        counts[bucket]++;
      }
    }
  }

  /** The mean log share of a text's words; NaN without text or words. */
  double typicality(@Nullable TextObservation text) {
    if (text == null || text.bucketCount() == 0) {
      return Double.NaN;
    }
    int buckets = text.bucketCount();
    double sum = 0;
    for (int i = 0; i < buckets; i++) {
      sum += logShares[text.bucket(i)];
    }
    return sum / buckets;
  }

  void writeTo(StateWriter writer) {
    for (char count : counts) {
      VariableLength.write(writer, count);
    }
  }

  static WordTable readFrom(StateReader reader) {
    char[] counts = new char[BUCKETS];
    for (int b = 0; b < BUCKETS; b++) {
      int count = VariableLength.readInt(reader);
      if (count < 0 || count > Character.MAX_VALUE) {
        throw new IllegalArgumentException("texts of a bucket must be in [0, 65535], was " + count);
      }
      counts[b] = (char) count;
    }
    return new WordTable(counts);
  }
}
