package io.inferwarden.app.api;

import java.io.IOException;

/** Tells a sink again what it was to be told before. */
public interface Redeliverer {
  /**
   * Puts into the outbox again, under the same ids, what the sink was to be told since a time.
   *
   * @param sinceMillis by the clock, milliseconds since the epoch
   * @return how many notifications that are
   */
  long redeliver(String sink, long sinceMillis) throws IOException, InterruptedException;
}
