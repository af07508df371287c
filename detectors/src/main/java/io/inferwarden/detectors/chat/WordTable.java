package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.signal.TextObservation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;

/**
 * The log frequency of each bucket of words among the prompts of a model: {@code ln((c + .3) /
 * sum)}.
 */
final class WordTable {
  static final int BUCKETS = 4096;
  private static final double UNSEEN = 0.3;

  private final float[] logFrequency;

  private WordTable(float[] logFrequency) {
    this.logFrequency = logFrequency;
  }

  static WordTable learn(List<TextObservation> texts) {
    double[] counts = new double[BUCKETS];
    Arrays.fill(counts, UNSEEN);
    for (TextObservation text : texts) {
      for (int i = 0; i < text.bucketCount(); i++) {
        counts[text.bucket(i)]++;
      }
    }
    double total = Arrays.stream(counts).sum();
    float[] logFrequency = new float[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      logFrequency[i] = (float) Math.log(counts[i] / total);
    }
    return new WordTable(logFrequency);
  }

  /** Mean log frequency of the distinct buckets of a text; NaN without any. */
  double typicality(TextObservation text) {
    int buckets = text.bucketCount();
    double sum = 0;
    for (int i = 0; i < buckets; i++) {
      sum += logFrequency[text.bucket(i)];
    }
    return sum / buckets;
  }

  void writeTo(StateWriter out) {
    for (float value : logFrequency) {
      out.writeFloat(value);
    }
  }

  static WordTable readFrom(StateReader in) {
    float[] logFrequency = new float[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      logFrequency[i] = in.readFloat();
    }
    return new WordTable(logFrequency);
  }
}
