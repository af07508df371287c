package io.inferwarden.ingest.collector;

/**
 * How many events the holder of a key may send.
 *
 * @param eventsPerSecond in the long run
 * @param burstEvents at once, after a rest
 */
public record Quota(long eventsPerSecond, long burstEvents) {
  public Quota {
    if (eventsPerSecond < 1 || eventsPerSecond > 1_000_000_000) {
      throw new IllegalArgumentException(
          "eventsPerSecond must be from 1 to 1000000000, was " + eventsPerSecond);
    }
    if (burstEvents < 1) {
      throw new IllegalArgumentException("burstEvents must be >= 1, was " + burstEvents);
    }
  }
}
