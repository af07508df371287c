package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;

/** Reads vectors whose length the baseline knows. */
final class StoredDoubles {
  private StoredDoubles() {}

  static double[] read(StateReader reader, int length) {
    double[] values = reader.readDoubles();
    if (values.length != length) {
      throw new IllegalArgumentException(
          "stored vector must have " + length + " entries, was " + values.length);
    }
    return values;
  }
}
