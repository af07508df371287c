package io.inferwarden.app.processor;

/** What {@link PrincipalTable} must know of the evidence that it keeps. */
interface Tracked {
  /** The baseline that the evidence was gathered under. */
  String baselineId();

  /** Events judged so far; never falls while the evidence is kept. */
  long events();

  /** Time of the latest event, milliseconds since the epoch; never falls. */
  long lastMillis();
}
