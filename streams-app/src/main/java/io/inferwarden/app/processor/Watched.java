package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.ingest.InferenceEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** An event with the baselines of its model; a view of reused objects, valid during the call. */
  final class Event implements Watched {
    private final EventObservation observation;
    private InferenceEvent event;
    private @Nullable ModelBaselines baselines;
    private boolean waited;
    private boolean asUsual;
    private boolean outputs;
    private boolean accused;

    Event(InferenceEvent event) {
      this.event = event;
      this.observation = new EventObservation(event);
    }

    /**
     * Is about another event from now on, of which nobody is accused.
     *
     * @param newWaited whether it waited for a baseline: it is never late then
     * @param newAsUsual judge the principal, and count the inputs in the primary baseline
     * @param newOutputs count the outputs in the baseline of the event's version
     */
    Event of(
        InferenceEvent newEvent,
        ModelBaselines newBaselines,
        boolean newWaited,
        boolean newAsUsual,
        boolean newOutputs) {
      event = newEvent;
      observation.of(newEvent);
      baselines = newBaselines;
      waited = newWaited;
      asUsual = newAsUsual;
      outputs = newOutputs;
      accused = false;
      return this;
    }

    InferenceEvent event() {
      return event;
    }

    EventObservation observation() {
      return observation;
    }

    ModelBaselines baselines() {
      return Objects.requireNonNull(baselines);
    }

    boolean waited() {
      return waited;
    }

    boolean asUsual() {
      return asUsual;
    }

    boolean outputs() {
      return outputs;
    }

    /** Whether its principal is accused: what it asks says nothing about the model's world. */
    boolean accused() {
      return accused;
    }

    void accuse() {
      accused = true;
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
