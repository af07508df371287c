package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.Progress;
import io.inferwarden.ingest.InferenceEvent;

/**
 * What the stages that judge a partition's events hear, in this order: its events and what happens
 * between them.
 */
sealed interface Watched permits Watched.Event, Watched.BaselineArrived, Watched.TimePassed {

  /**
   * An event with the baselines of its model; a view of reused objects, valid during the call.
   *
   * @param waited whether it waited for a baseline: it is never late then
   * @param asUsual judge the principal, and count the inputs in the primary baseline
   * @param outputs count the outputs in the baseline of the event's version
   */
  record Event(
      InferenceEvent event,
      EventObservation observation,
      ModelBaselines baselines,
      boolean waited,
      boolean asUsual,
      boolean outputs)
      implements Watched {}

  /** All events that waited for this baseline have been handed on. */
  record BaselineArrived(BaselineRecord baseline) implements Watched {}

  /** The partition's events before its watermark have been handed on. */
  record TimePassed(Progress progress) implements Watched {}
}
