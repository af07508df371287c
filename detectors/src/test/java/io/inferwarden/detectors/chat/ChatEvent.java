package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.signal.Observation;
import org.jspecify.annotations.Nullable;

/** An inference event of a chat model, as a detector sees it. */
record ChatEvent(
    String principal, long timeMillis, int inputTokens, int outputTokens, Prompt inputText)
    implements Observation {
  @Override
  public int featureCount() {
    return 0;
  }

  @Override
  public String featureName(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public double featureNumber(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public @Nullable String featureWord(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public @Nullable String label() {
    return null;
  }

  @Override
  public int scoreCount() {
    return 0;
  }

  @Override
  public double score(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public double regressionValue() {
    return Double.NaN;
  }

  @Override
  public long inputFingerprint() {
    return 0;
  }
}
