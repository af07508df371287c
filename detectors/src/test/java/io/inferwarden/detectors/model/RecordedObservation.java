package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** An observation of a test: features are numbers, words or null. */
record RecordedObservation(
    long timeMillis,
    List<String> names,
    List<@Nullable Object> values,
    @Nullable String label,
    List<Double> scores,
    double regressionValue)
    implements Observation {
  static RecordedObservation ofFeatures(long timeMillis, Map<String, ?> features) {
    return of(timeMillis, features, null);
  }

  static RecordedObservation of(
      long timeMillis, Map<String, ?> features, @Nullable String label, double... scores) {
    return new RecordedObservation(
        timeMillis,
        List.copyOf(features.keySet()),
        new ArrayList<>(features.values()),
        label,
        DoubleStream.of(scores).boxed().toList(),
        Double.NaN);
  }

  @Override
  public int featureCount() {
    return names.size();
  }

  @Override
  public String featureName(int index) {
    return names.get(index);
  }

  @Override
  public double featureNumber(int index) {
    return values.get(index) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  @Override
  public @Nullable String featureWord(int index) {
    return values.get(index) instanceof String word ? word : null;
  }

  @Override
  public int scoreCount() {
    return scores.size();
  }

  @Override
  public double score(int index) {
    return scores.get(index);
  }

  @Override
  public long inputFingerprint() {
    return 0;
  }
}
