package io.inferwarden.app.observation;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.signal.TextObservation;
import io.inferwarden.ingest.DuplicateWindow;
import io.inferwarden.ingest.InferenceEvent;
import org.jspecify.annotations.Nullable;

/** An inference event as the detectors see it: a view, without a copy. */
public final class EventObservation implements Observation {
  private final MeasuredText inputText;
  private final MeasuredText outputText;
  private InferenceEvent event;

  public EventObservation(InferenceEvent event) {
    this.event = event;
    this.inputText = new MeasuredText(event.inputText());
    this.outputText = new MeasuredText(event.outputText());
  }

  /** Looks at another event from now on. */
  public EventObservation of(InferenceEvent other) {
    event = other;
    return this;
  }

  @Override
  public long timeMillis() {
    return event.timeMillis();
  }

  @Override
  public int featureCount() {
    return event.features().size();
  }

  @Override
  public String featureName(int index) {
    return event.features().name(index);
  }

  @Override
  public double featureNumber(int index) {
    return event.features().number(index);
  }

  @Override
  public @Nullable String featureWord(int index) {
    return event.features().word(index);
  }

  @Override
  public @Nullable String label() {
    return event.label();
  }

  @Override
  public int scoreCount() {
    return event.scores().size();
  }

  @Override
  public double score(int index) {
    return event.scores().value(index);
  }

  @Override
  public double regressionValue() {
    return event.value();
  }

  /** That of the features; where there are none, that of the text. */
  @Override
  public long inputFingerprint() {
    return event.features().size() > 0
        ? event.features().fingerprint()
        : event.inputText().fingerprint();
  }

  @Override
  public long principalHash() {
    return DuplicateWindow.hash(event.principal());
  }

  @Override
  public double latencyMillis() {
    return event.latencyMillis();
  }

  @Override
  public String status() {
    return event.status();
  }

  @Override
  public int inputTokens() {
    return event.inputTokens();
  }

  @Override
  public int outputTokens() {
    return event.outputTokens();
  }

  @Override
  public @Nullable String finishReason() {
    return event.finishReason();
  }

  @Override
  public int inputTextLength() {
    return event.inputTextLength();
  }

  @Override
  public int outputTextLength() {
    return event.outputTextLength();
  }

  @Override
  public @Nullable TextObservation inputText() {
    return event.inputText().isPresent() ? inputText.of(event.inputText()) : null;
  }

  @Override
  public @Nullable TextObservation outputText() {
    return event.outputText().isPresent() ? outputText.of(event.outputText()) : null;
  }

  @Override
  public int embeddingSize() {
    return event.embedding().size();
  }

  @Override
  public void copyEmbedding(float[] into) {
    event.embedding().copyTo(into);
  }
}
