package io.inferwarden.detectors.model;

/** What of an event has a signal. */
enum SignalScope {
  /** The request, whichever version of the model answers. */
  REQUEST,

  /** The answer; a request that failed has none. */
  ANSWER,

  /** The call as a whole, failed or not. */
  CALL
}
