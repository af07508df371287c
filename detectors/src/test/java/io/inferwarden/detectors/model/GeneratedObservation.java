package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.signal.TextObservation;
import org.jspecify.annotations.Nullable;

/** An observation of a test: a generating model's answer; parts are set by the test. */
final class GeneratedObservation implements Observation, TextObservation {
  final long timeMillis;
  double[] scores = {};
  float[] embedding = {};
  int[] buckets = {};
  int outputTokens = -1;
  double latencyMillis = Double.NaN;
  boolean hasText;
  String opening = "letter";
  double variety = .5;
  @Nullable String status;
  @Nullable String finishReason;

  GeneratedObservation(long timeMillis) {
    this.timeMillis = timeMillis;
  }

  @Override
  public long timeMillis() {
    return timeMillis;
  }

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
    return scores.length;
  }

  @Override
  public double score(int index) {
    return scores[index];
  }

  @Override
  public double regressionValue() {
    return Double.NaN;
  }

  @Override
  public long inputFingerprint() {
    return 0;
  }

  @Override
  public double latencyMillis() {
    return latencyMillis;
  }

  @Override
  public @Nullable String status() {
    return status;
  }

  @Override
  public @Nullable String finishReason() {
    return finishReason;
  }

  @Override
  public int outputTokens() {
    return outputTokens;
  }

  @Override
  public int outputTextLength() {
    return hasText ? 100 : -1;
  }

  @Override
  public @Nullable TextObservation outputText() {
    return hasText ? this : null;
  }

  @Override
  public int embeddingSize() {
    return embedding.length;
  }

  @Override
  public void copyEmbedding(float[] into) {
    System.arraycopy(embedding, 0, into, 0, embedding.length);
  }

  @Override
  public String opening() {
    return opening;
  }

  @Override
  public String first() {
    return "upper";
  }

  @Override
  public String ending() {
    return "fullStop";
  }

  @Override
  public double variety() {
    return variety;
  }

  @Override
  public double repetition() {
    return 0;
  }

  @Override
  public double newlineShare() {
    return .01;
  }

  @Override
  public double punctuationShare() {
    return .03;
  }

  @Override
  public double meanWordLength() {
    return 4.5;
  }

  @Override
  public double echo() {
    return .2;
  }

  @Override
  public int bucketCount() {
    return buckets.length;
  }

  @Override
  public int bucket(int index) {
    return buckets[index];
  }
}
