package io.inferwarden.app.api;

import java.io.IOException;

/** Tells a sink what it has missed. */
public interface Redeliverer {
  /**
   * Puts into the outbox again, under the same ids, what the sink did not take since a time.
   *
   * @param sinceMillis by the clock, milliseconds since the epoch
   * @return how many notifications that are
   */
  long redeliver(String sink, long sinceMillis) throws IOException, InterruptedException;
}
