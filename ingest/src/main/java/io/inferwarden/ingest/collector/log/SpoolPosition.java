package io.inferwarden.ingest.collector.log;

/**
 * A place in a spool: all before it is in Kafka.
 *
 * @param spool identifier of the spool, since a new one begins at 0 again; empty without a spool
 * @param offset bytes from the beginning of the spool's first segment
 */
record SpoolPosition(String spool, long offset) {
  static final SpoolPosition NONE = new SpoolPosition("", 0);

  SpoolPosition {
    if (offset < 0) {
      throw new IllegalArgumentException("offset must be >= 0, was " + offset);
    }
  }
}
