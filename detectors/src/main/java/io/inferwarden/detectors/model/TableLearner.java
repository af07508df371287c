package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.signal.TextObservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables that some signals are read with, from the first half of a learning period: bins
 * learned from the events that filled a table would find every later event unusual.
 */
final class TableLearner {
  /** Fewest events of either half that have what a table is about. */
  static final int LEAST_EVENTS = 100;

  private TableLearner() {}

  /**
   * @param sample in the order of time
   * @param secondHalfMillis time with which the second half begins
   */
  static LearnedTables learn(List<? extends Observation> sample, long secondHalfMillis) {
    return new LearnedTables(
        words(sample, secondHalfMillis, Observation::inputText),
        words(sample, secondHalfMillis, Observation::outputText),
        embedding(sample, secondHalfMillis));
  }

  private static @Nullable WordTable words(
      List<? extends Observation> sample,
      long secondHalfMillis,
      Function<Observation, @Nullable TextObservation> reader) {
    char[] counts = new char[WordTable.BUCKETS];
    int first = 0;
    int second = 0;
    for (Observation each : sample) {
      TextObservation text = reader.apply(each);
      if (text == null || text.bucketCount() == 0) {
        continue;
      }
      if (each.timeMillis() < secondHalfMillis) {
        WordTable.count(text, counts);
        first++;
      } else {
        second++;
      }
    }
    return first < LEAST_EVENTS || second < LEAST_EVENTS ? null : new WordTable(counts);
  }

  /** Learned of the most frequent dimension; of equally frequent ones, the smallest. */
  private static @Nullable EmbeddingSpace embedding(
      List<? extends Observation> sample, long secondHalfMillis) {
    Map<Integer, Integer> dimensions = new HashMap<>();
    for (Observation each : sample) {
      if (each.embeddingSize() > 0) {
        dimensions.merge(each.embeddingSize(), 1, Integer::sum);
      }
    }
    int dimension = 0;
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : dimensions.entrySet()) {
      boolean isAhead = entry.getValue() == most && entry.getKey() < dimension;
      if (entry.getValue() > most || isAhead) {
        dimension = entry.getKey();
        most = entry.getValue();
      }
    }
    return dimension == 0 ? null : embedding(sample, secondHalfMillis, dimension);
  }

  private static @Nullable EmbeddingSpace embedding(
      List<? extends Observation> sample, long secondHalfMillis, int dimension) {
    double[] sum = new double[dimension];
    float[] embedding = new float[dimension];
    int first = 0;
    int second = 0;
    for (Observation each : sample) {
      if (each.embeddingSize() != dimension) {
        continue;
      }
      each.copyEmbedding(embedding);
      double norm = EmbeddingSpace.norm(embedding);
      boolean isFirst = each.timeMillis() < secondHalfMillis;
      first += norm > 0 && isFirst ? 1 : 0;
      second += norm > 0 && !isFirst ? 1 : 0;
      for (int i = 0; i < dimension && norm > 0 && isFirst; i++) {
        sum[i] += embedding[i] / norm;
      }
    }
    return first < LEAST_EVENTS || second < LEAST_EVENTS ? null : space(sum, first);
  }

  private static EmbeddingSpace space(double[] sum, int events) {
    float[] centroid = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      centroid[i] = (float) (sum[i] / events);
    }
    return new EmbeddingSpace(centroid);
  }
}
