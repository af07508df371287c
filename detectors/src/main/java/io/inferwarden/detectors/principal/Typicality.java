package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;

/**
 * How usual the feature values of an input are, each by itself: the mean over the features of the
 * log frequency of the value's code, frequencies smoothed by half an event. Larger = more usual.
 */
final class Typicality {
  private static final double SMOOTHING = 0.5;

  private final float[][] logFrequencies;

  private Typicality(float[][] logFrequencies) {
    this.logFrequencies = logFrequencies;
  }

  static Typicality learn(FeatureTable table, List<LearningSample> samples) {
    int[][] counts = new int[table.size()][];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new int[table.feature(i).codes()];
    }
    EncodedInput input = table.newInput();
    for (LearningSample sample : samples) {
      table.encode(sample.observation(), input);
      for (int i = 0; i < counts.length; i++) {
        counts[i][input.codes[i]]++;
      }
    }
    float[][] logs = new float[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      logs[i] = new float[counts[i].length];
      double total = samples.size() + SMOOTHING * counts[i].length;
      for (int code = 0; code < logs[i].length; code++) {
        logs[i][code] = (float) Math.log((counts[i][code] + SMOOTHING) / total);
      }
    }
    return new Typicality(logs);
  }

  float of(EncodedInput input) {
    double sum = 0;
    for (int i = 0; i < logFrequencies.length; i++) {
      sum += logFrequencies[i][input.codes[i]];
    }
    return (float) (sum / logFrequencies.length);
  }

  void writeTo(StateWriter out) {
    out.writeInt(logFrequencies.length);
    for (float[] logs : logFrequencies) {
      CompactForm.writeFloats(out, logs);
    }
  }

  static Typicality readFrom(StateReader in) {
    float[][] logs = new float[Math.max(0, in.readInt())][];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = CompactForm.readFloats(in);
    }
    return new Typicality(logs);
  }
}
