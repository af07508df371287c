package io.inferwarden.detectors.signal;

import org.jspecify.annotations.Nullable;

/**
 * What a detector may see of one inference event. Implementations may be views of a reused object:
 * a detector reads what it needs during the call and keeps no reference.
 */
public interface Observation {
  /** Event time, milliseconds since the epoch. */
  long timeMillis();

  /** Number of input features; 0 when the event carries none. */
  int featureCount();

  /**
   * Name of feature {@code index}, in {@code [0, featureCount())}. The order may differ between
   * events.
   */
  String featureName(int index);

  /** Value of a numeric feature, finite; {@link Double#NaN} for a word or a null. */
  double featureNumber(int index);

  /**
   * Value of a categorical feature (a string, or {@code true} and {@code false}); null for a number
   * or a null.
   */
  @Nullable String featureWord(int index);

  /** The predicted label; null when there is none. */
  @Nullable String label();

  /** Number of scores; 0 when the event carries none. */
  int scoreCount();

  /** Score {@code index}, in {@code [0, scoreCount())}; finite, usually a probability. */
  double score(int index);

  /** The predicted value of a regression; {@link Double#NaN} when there is none. */
  double regressionValue();

  /**
   * A 64-bit hash of all feature names and values, the same for the same input; 0 when there are no
   * features.
   */
  long inputFingerprint();

  /** A 64-bit hash of the principal that asked, the same for the same principal; 0 when unknown. */
  default long principalHash() {
    return 0;
  }

  /** Milliseconds from request to answer, at least 0; {@link Double#NaN} when unknown. */
  default double latencyMillis() {
    return Double.NaN;
  }

  /** How the request ended, {@code ok} when well; null when unknown. */
  default @Nullable String status() {
    return null;
  }

  /** Tokens of the input; -1 when unknown. */
  default int inputTokens() {
    return -1;
  }

  /** Tokens of the output; -1 when unknown. */
  default int outputTokens() {
    return -1;
  }

  /** Why generation ended; null when unknown. */
  default @Nullable String finishReason() {
    return null;
  }

  /** Characters of the input text; -1 when there is none. */
  default int inputTextLength() {
    return -1;
  }

  /** Characters of the output text; -1 when there is none. */
  default int outputTextLength() {
    return -1;
  }

  /** Measures of the input text; null when there are none. */
  default @Nullable TextObservation inputText() {
    return null;
  }

  /** Measures of the output text; null when there are none. */
  default @Nullable TextObservation outputText() {
    return null;
  }

  /** Coordinates of the input's embedding; 0 when there is none. */
  default int embeddingSize() {
    return 0;
  }

  /**
   * Copies the input's embedding, finite coordinates, to the beginning of {@code into}, which has
   * room for {@link #embeddingSize()}.
   */
  default void copyEmbedding(float[] into) {}
}
