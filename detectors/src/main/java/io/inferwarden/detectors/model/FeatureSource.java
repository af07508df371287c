package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input feature by its name. Events mostly carry their features in one order, so it is
 * looked for first where it was last. Not thread-safe.
 */
final class FeatureSource implements SignalSource {
  private final String name;
  private int latestIndex;

  FeatureSource(String name) {
    this.name = name;
  }

  @Override
  public double number(Observation observation) {
    int index = indexIn(observation);
    return index < 0 ? Double.NaN : observation.featureNumber(index);
  }

  @Override
  public @Nullable String word(Observation observation) {
    int index = indexIn(observation);
    return index < 0 ? null : observation.featureWord(index);
  }

  private int indexIn(Observation observation) {
    int features = observation.featureCount();
    if (latestIndex < features && observation.featureName(latestIndex).equals(name)) {
      return latestIndex;
    }
    for (int i = 0; i < features; i++) {
      if (observation.featureName(i).equals(name)) {
        latestIndex = i;
        return i;
      }
    }
    return -1;
  }
}
