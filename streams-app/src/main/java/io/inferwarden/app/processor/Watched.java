package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.ingest.InferenceEvent;

/**
 * What the stages that judge a partition's events hear, in this order: its events and what happens
 * between them.
 */
sealed interface Watched
    permits Watched.Event,
        Watched.Accused,
        Watched.BaselineArrived,
        Watched.TimePassed,
        Watched.Moment {

  /**
   * An event with the baselines of its model; a view of reused objects, valid during the call.
   *
   * @param waited whether it waited for a baseline: it is never late then
   * @param asUsual judge the principal, and count the inputs in the primary baseline
   * @param outputs count the outputs in the baseline of the event's version
   * @param accused whether its principal is accused: what it asks says nothing about the model's
   *     world
   */
  record Event(
      InferenceEvent event,
      EventObservation observation,
      ModelBaselines baselines,
      boolean waited,
      boolean asUsual,
      boolean outputs,
      boolean accused)
      implements Watched {

    Event byAccused() {
      return new Event(event, observation, baselines, waited, asUsual, outputs, true);
    }
  }

  /**
   * A principal is accused from now on; some of its events were counted before that.
   *
   * @param model that it asked
   * @param paneStartMillis start of the policy's pane of that time
   * @param atMillis event time at which it was accused
   * @param events of it that were counted in the policy's pane of that time
   */
  record Accused(
      ModelBaselines model, String version, long paneStartMillis, long atMillis, long events)
      implements Watched {}

  /** All events that waited for this baseline have been handed on. */
  record BaselineArrived(BaselineRecord baseline) implements Watched {}

  /** The partition's events before its watermark have been handed on. */
  record TimePassed(Progress progress) implements Watched {}

  /**
   * The partition's events before this event time have been handed on, as far as one can know.
   *
   * @param timeMillis event time; {@link #OF_NO_EVENTS} where nobody need wait for its events
   */
  record Moment(long timeMillis) implements Watched {
    static final long OF_NO_EVENTS = Long.MAX_VALUE;
  }
}
