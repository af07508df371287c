package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.Map;

/** What is counted of one request that does not look like those that were learned. */
enum SchemaSignal {
  /** Known features that it lacks, or that are null. */
  MISSING("input.missing"),

  /** Features that are not known. */
  UNKNOWN("input.unknown"),

  /**
   * Values that are a word where numbers were learned, or a new number where words were; and an
   * embedding of another dimension.
   */
  WRONG_TYPE("input.wrongType");

  private final String signalName;

  SchemaSignal(String signalName) {
    this.signalName = signalName;
  }

  String signalName() {
    return signalName;
  }

  /**
   * The count of one event of a learning sample.
   *
   * @param bins of the known features by name
   * @param dimension of known embeddings; 0 when they are not watched
   */
  int count(Observation observation, Map<String, SignalBins> bins, int dimension) {
    int given = 0;
    int unknown = 0;
    int wrong = isWrongDimension(observation, dimension) ? 1 : 0;
    for (int i = 0; i < observation.featureCount(); i++) {
      SignalBins known = bins.get(observation.featureName(i));
      double number = observation.featureNumber(i);
      String word = observation.featureWord(i);
      unknown += known == null ? 1 : 0;
      if (known != null && (word != null || !Double.isNaN(number))) {
        given++;
        wrong += known.isWrongType(number, word, known.bin(number, word)) ? 1 : 0;
      }
    }
    return switch (this) {
      case MISSING -> Math.max(0, bins.size() - given);
      case UNKNOWN -> unknown;
      case WRONG_TYPE -> wrong;
    };
  }

  static boolean isWrongDimension(Observation observation, int dimension) {
    int size = observation.embeddingSize();
    return dimension > 0 && size > 0 && size != dimension;
  }

  /** Whether a signal of this name sums up the features of an event. */
  static boolean isNamed(String signalName) {
    for (SchemaSignal each : values()) {
      if (each.signalName().equals(signalName)) {
        return true;
      }
    }
    return false;
  }
}
