package io.inferwarden.app.observation;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.ingest.DuplicateWindow;
import io.inferwarden.ingest.InferenceEvent;
import org.jspecify.annotations.Nullable;

/** An inference event as the detectors see it: a view, without a copy. */
public final class EventObservation implements Observation {
  private InferenceEvent event;

  public EventObservation(InferenceEvent event) {
    this.event = event;
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

  @Override
  public long inputFingerprint() {
    return event.features().fingerprint();
  }

  @Override
  public long principalHash() {
    return DuplicateWindow.hash(event.principal());
  }
}
