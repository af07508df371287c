package io.inferwarden.ingest.source;

/**
 * A format whose requests and responses come apart: holds one half until the other arrives. One
 * serves one client, so that nobody's half is joined with somebody else's. Thread-safe.
 */
public interface JoiningSource extends EventSource {
  /**
   * Gives up on halves whose time is over and hands out what is useful of them.
   *
   * @param nowMillis the present, since the epoch; {@link Long#MAX_VALUE} gives up on all
   */
  void release(long nowMillis, RawEvents found);

  /** How many halves are held. */
  int held();

  /** How many halves have never met the other, since the start. */
  long unmatched();
}
